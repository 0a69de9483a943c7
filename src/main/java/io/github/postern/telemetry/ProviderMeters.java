package io.github.postern.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Times calls to the identity provider, and tells how old is what it published. */
final class ProviderMeters {
    private final CallMeters calls;
    private final LongSupplier nanoClock;
    private final Map<String, Long> fetched = new ConcurrentHashMap<>();

    /** @param nanoClock counts nanoseconds from wherever it likes */
    ProviderMeters(MeterRegistry registry, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.calls = new CallMeters(
                registry,
                "postern.provider.call.duration",
                "How long calls to the identity provider took.",
                "endpoint");
        age(
                registry,
                "postern.provider.metadata.age",
                "Time since the provider's description was fetched.",
                "discovery");
        age(registry, "postern.provider.keys.age", "Time since the provider's keys were fetched.", "jwks");
    }

    private void age(MeterRegistry registry, String name, String description, String endpoint) {
        TimeGauge.builder(name, () -> age(endpoint), TimeUnit.NANOSECONDS)
                .description(description)
                .register(registry);
    }

    /** Not a number until there was a first time. */
    private double age(String endpoint) {
        Long at = fetched.get(endpoint);
        return at == null ? Double.NaN : nanoClock.getAsLong() - at;
    }

    void done(String endpoint, String result, long nanos) {
        calls.done(endpoint, result, nanos);
        if (result.equals("ok")) {
            fetched.put(endpoint, nanoClock.getAsLong());
        }
    }
}
