package io.github.postern.testbed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what several programs bring about together. */
public final class Patience {
    private Patience() {}

    /** Asks every tenth of a second; an {@link IllegalStateException} when the patience is over. */
    public static void until(Duration patience, BooleanSupplier condition) {
        var end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited for " + patience);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
