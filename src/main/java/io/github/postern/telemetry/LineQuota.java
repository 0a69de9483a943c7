package io.github.postern.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;

/** How many lines strangers can cause: so many in each minute, and then none. */
public final class LineQuota {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private final int most;
    private final InstantSource clock;
    private Instant begun = Instant.EPOCH;
    private int written;
    private int leftOut;

    /**
     * @param most how many in a minute
     * @param clock now
     */
    public LineQuota(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** How many lines were left out since the last one; empty when this one is left out too. */
    public synchronized OptionalInt take() {
        Instant now = clock.instant();
        if (!now.isBefore(begun.plus(PERIOD))) {
            begun = now;
            written = 0;
        }
        if (written == most) {
            leftOut++;
            return OptionalInt.empty();
        }
        written++;
        int before = leftOut;
        leftOut = 0;
        return OptionalInt.of(before);
    }
}
