package io.github.postern.security;

import io.github.postern.fakes.Request;

/** The requests of this suite that pass without a session, because a rule of their {@link Setup} says so. */
final class Rules {
    private Rules() {}

    /** Positive controls mark themselves, so that everything else must show a session. */
    static boolean letPass(Request request) {
        return request.header("X-Test-Control").equals("a rule lets this pass");
    }

    /** A request that a rule lets pass. */
    static Request control(Request request) {
        return request.with("X-Test-Control", "a rule lets this pass");
    }
}
