package io.github.postern.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** After some failures in a row, lets one call through in a while, so that nobody waits for what will not come. */
final class Breaker {
    private static final int PATIENCE = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong nextProbe = new AtomicLong();

    /** Whether a call may be tried. */
    boolean admits() {
        if (failures.get() < PATIENCE) {
            return true;
        }
        long now = System.nanoTime();
        long due = nextProbe.get();
        return now - due >= 0 && nextProbe.compareAndSet(due, now + PAUSE_NANOS);
    }

    void succeeded() {
        if (failures.get() != 0) { // read first: a write by every call would slow all of them
            failures.set(0);
        }
    }

    void failed() {
        if (failures.incrementAndGet() == PATIENCE) {
            nextProbe.set(System.nanoTime() + PAUSE_NANOS);
        }
    }
}
