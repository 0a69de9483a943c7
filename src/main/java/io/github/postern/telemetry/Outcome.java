package io.github.postern.telemetry;

import static io.github.postern.telemetry.Status.ERROR;
import static io.github.postern.telemetry.Status.FAILURE;
import static io.github.postern.telemetry.Status.SUCCESS;

/** What became of a check, the proxy's question whether a request may pass. */
public enum Outcome {
    /** Somebody who is signed in may pass. */
    ALLOWED("allowed", SUCCESS),
    /** The request needs no session. */
    SKIPPED("skipped", SUCCESS),
    /** It may pass, but is redirected to itself first, so that the browser gets its renewed cookie. */
    HANDED_OVER("handed-over", SUCCESS),
    /** Nobody is signed in: 401, or the way to the sign-in. */
    CHALLENGED("challenged", FAILURE),
    /** Somebody who is signed in must sign in again, because a rule asks for a level. */
    STEP_UP("step-up", FAILURE),
    /** 403: a rule is against it. */
    REFUSED("refused", FAILURE),
    /** 503: what keeps the sessions cannot be asked. */
    UNDECIDED("undecided", ERROR);

    private final String word;
    private final Status status;

    Outcome(String word, Status status) {
        this.word = word;
        this.status = status;
    }

    /** Its name in lines and in metrics. */
    public String word() {
        return word;
    }

    Status status() {
        return status;
    }
}
