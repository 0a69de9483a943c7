package io.github.postern.session;

import java.time.Duration;
import java.time.Instant;

/**
 * When a session that nobody uses ends: the rule that every store goes by.
 *
 * @param timeout how long a session lives without being used; zero means as long as any
 */
record Idle(Duration timeout) {
    private static final Duration LONGEST_BETWEEN_NOTES = Duration.ofMinutes(1);

    boolean isOn() {
        return !timeout.isZero();
    }

    /**
     * Whether a session has not been used for too long.
     *
     * @param seen when it was used last; the epoch when nobody took it down, as before the time-out was set
     */
    boolean ended(Instant seen, Instant now) {
        return isOn() && seen.isAfter(Instant.EPOCH) && seen.plus(timeout).isBefore(now);
    }

    /** Whether a use now is worth a note where sessions are kept: that costs more than a check. */
    boolean isWorthANote(Instant seen, Instant now) {
        return !now.isBefore(seen.plus(betweenNotes()));
    }

    /** How long after a note of a use the next one is taken down. */
    Duration betweenNotes() {
        Duration quarter = timeout.dividedBy(4);
        boolean often = isOn() && quarter.compareTo(LONGEST_BETWEEN_NOTES) < 0;
        return often ? quarter : LONGEST_BETWEEN_NOTES;
    }

    /** Whether the browser's own note is so old that it should get another. */
    boolean isWorthACookie(Instant seen, Instant now) {
        return isOn() && !now.isBefore(seen.plus(timeout.dividedBy(4)));
    }
}
