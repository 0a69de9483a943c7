package io.github.postern.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Counts and times checks: two looks into maps for each. */
final class CheckMeters {
    /** Rule names of a file; those beyond share one label. */
    private static final int MOST_RULES = 100;

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(50_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1)
    };

    private final Map<Outcome, Timer> times = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Family<Counter>> counters = new EnumMap<>(Outcome.class);

    CheckMeters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            times.put(outcome, timer(registry, outcome));
            counters.put(outcome, new Family<>(MOST_RULES, rule -> counter(registry, outcome, rule)));
            of(outcome).of(""); // so that zero is told before there is one
        }
    }

    private static Timer timer(MeterRegistry registry, Outcome outcome) {
        return Timer.builder("postern.check.duration")
                .description("How long a check took, from its request's begin to the decision.")
                .tag("outcome", outcome.word())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, Outcome outcome, String rule) {
        return Counter.builder("postern.checks")
                .description("Checks, by what became of them and by the rule or option that decided.")
                .tag("outcome", outcome.word())
                .tag("rule", rule)
                .register(registry);
    }

    private Family<Counter> of(Outcome outcome) {
        return Objects.requireNonNull(counters.get(outcome));
    }

    void checked(Outcome outcome, String rule, long nanos) {
        of(outcome).of(rule).increment();
        Objects.requireNonNull(times.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
    }
}
