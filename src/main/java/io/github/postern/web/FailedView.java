package io.github.postern.web;

import java.util.List;

/**
 * The sign-in did not work.
 *
 * @param failure what happened
 * @param reference the same text that the log carries
 * @param target where the user wanted to go; "try again" leads there
 * @param facts settings and names that help an administrator and are no secret
 */
public record FailedView(LoginFailure failure, String reference, Target target, List<Fact> facts) {
    public FailedView {
        facts = List.copyOf(facts);
    }

    /**
     * One line for the administrator.
     *
     * @param name for example {@code cookie-domain}
     * @param value for example {@code .akko.local}
     */
    public record Fact(String name, String value) {}
}
