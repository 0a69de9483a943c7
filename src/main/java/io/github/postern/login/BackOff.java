package io.github.postern.login;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to leave somebody alone who could not answer: longer after each failure, a minute at most unless they ask for more.
 *
 * @param failures how many in a row
 * @param since when the last of them was noticed
 * @param until when to try again
 */
record BackOff(int failures, Instant since, Instant until) {
    static final BackOff NONE = new BackOff(0, Instant.MIN, Instant.MIN);

    /** However well things go, nobody is asked about the same thing more often. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;

    /** After a success. */
    static BackOff rest(Instant now) {
        return new BackOff(0, now, now.plus(SHORTEST));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    /**
     * After one more failure.
     *
     * @param asked what the other side asked for (RFC 9110, 10.2.3); zero if nothing
     * @param chance from 0 to 1: those who failed together shall not come back together
     */
    BackOff longer(Instant now, Duration asked, double chance) {
        Duration doubled = SHORTEST.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        Duration spread = Duration.ofMillis((long) (pause.toMillis() * chance / 4));
        Duration wanted = asked.compareTo(LONGEST_ASKED_FOR) < 0 ? asked : LONGEST_ASKED_FOR;
        Duration longest = pause.compareTo(wanted) < 0 ? wanted : pause;
        return new BackOff(
                Math.min(failures + 1, DOUBLINGS), now, now.plus(longest).plus(spread));
    }

    /** The same failures, but not to be tried again before then. */
    BackOff notBefore(Instant instant) {
        return instant.isAfter(until) ? new BackOff(failures, since, instant) : this;
    }
}
