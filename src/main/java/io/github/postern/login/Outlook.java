package io.github.postern.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * Whether it is worth trying. After a failure nobody is to try for a while, and then one alone, until it works again: so however
 * many would, a provider in trouble holds up one.
 */
final class Outlook {
    /** Who tried alone and never said what came of it holds the others up for this long. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(15);

    private final InstantSource clock;
    private final DoubleSupplier chance;
    private BackOff state = BackOff.NONE;

    /** @param chance from 0 to 1 */
    Outlook(InstantSource clock, DoubleSupplier chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** Whether the caller may try now, and then must say what came of it. */
    synchronized boolean mayTry() {
        Instant now = clock.instant();
        if (state.failures() > 0 && state.isOver(now)) {
            state = new BackOff(state.failures(), now, now.plus(LONGEST_TRY));
            return true;
        }
        return state.failures() == 0;
    }

    /** When somebody may try again. */
    synchronized Instant until() {
        return state.until();
    }

    synchronized void succeeded() {
        state = BackOff.NONE;
    }

    /**
     * Those who tried together fail together, which counts once.
     *
     * @param begun when the caller began to try
     */
    synchronized void failed(Instant begun) {
        if (!begun.isBefore(state.since())) {
            state = state.longer(clock.instant(), Duration.ZERO, chance.getAsDouble());
        }
    }
}
