package io.github.postern.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times calls to others: to the identity provider by endpoint, to the store by command. */
final class CallMeters {
    private static final int MOST_KINDS = 30;
    private static final List<String> RESULTS = List.of("ok", "refused", "failed");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofNanos(2_500_000_000L),
        Duration.ofSeconds(5)
    };

    private final Family<Family<Timer>> kinds;

    /** @param label what tells calls apart */
    CallMeters(MeterRegistry registry, String name, String description, String label) {
        this.kinds = new Family<>(
                MOST_KINDS,
                kind -> new Family<>(
                        RESULTS.size(),
                        result -> Timer.builder(name)
                                .description(description)
                                .tag(label, kind)
                                .tag("result", result)
                                .serviceLevelObjectives(BUCKETS)
                                .register(registry)));
    }

    void done(String kind, String result, long nanos) {
        kinds.of(kind).of(result).record(nanos, TimeUnit.NANOSECONDS);
    }
}
