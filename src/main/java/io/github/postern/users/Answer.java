package io.github.postern.users;

import java.time.Duration;

/**
 * What became of a name and a password.
 *
 * @param kind the outcome
 * @param delay when it is worth trying again, for {@link Kind#TOO_OFTEN} and {@link Kind#BUSY}
 */
public record Answer(Kind kind, Duration delay) {
    static final Answer RIGHT = new Answer(Kind.RIGHT, Duration.ZERO);
    static final Answer WRONG = new Answer(Kind.WRONG, Duration.ZERO);
    static final Answer BUSY = new Answer(Kind.BUSY, Duration.ofSeconds(2));

    static Answer tooOften(Duration delay) {
        return new Answer(Kind.TOO_OFTEN, delay);
    }

    /** Whether the password is this person's. */
    public boolean isRight() {
        return kind == Kind.RIGHT;
    }

    /** The delay as {@code Retry-After} tells it: whole seconds, at least one. */
    public String retryAfter() {
        return String.valueOf(Math.max(1, delay.plusMillis(999).toSeconds()));
    }

    /** The outcomes. */
    public enum Kind {
        /** The password is this person's. */
        RIGHT,
        /** It is not, or there is no such person: nobody is told which. */
        WRONG,
        /** There were too many attempts; it was not looked at. */
        TOO_OFTEN,
        /** Too many passwords are being looked at; it was not looked at. */
        BUSY
    }
}
