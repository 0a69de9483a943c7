package io.github.postern.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who has the turn at what: one holder at a time, for a bounded time, in bounded memory. */
final class Leases {
    private static final int MOST = 100_000;
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();
    private final Duration length;
    private final InstantSource clock;

    private record Lease(String holder, Instant until) {}

    /** @param length after which a turn that was not given back is over */
    Leases(Duration length, InstantSource clock) {
        this.length = length;
        this.clock = clock;
    }

    /** Whether this holder has the turn now. */
    boolean take(String what, String holder) {
        Instant now = clock.instant();
        makeRoom(now);
        Lease lease = leases.compute(
                what,
                (name, held) ->
                        held == null || held.until().isBefore(now) ? new Lease(holder, now.plus(length)) : held);
        return lease.holder().equals(holder);
    }

    void giveBack(String what, String holder) {
        leases.computeIfPresent(what, (name, lease) -> lease.holder().equals(holder) ? null : lease);
    }

    private void makeRoom(Instant now) {
        if (leases.size() >= MOST) {
            leases.values().removeIf(lease -> lease.until().isBefore(now));
        }
    }
}
