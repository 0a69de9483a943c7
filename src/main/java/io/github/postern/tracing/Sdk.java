package io.github.postern.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** OpenTelemetry, set up by its own reader of the variables. */
final class Sdk {
    /** Its lines are not in our format and come in numbers; what matters of them, {@link Delivery} tells. */
    private static final Logger ITS_LOG = Logger.getLogger("io.opentelemetry");

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");

    private final Variables variables;
    private final String version;

    /** @param version ours */
    Sdk(Variables variables, String version) {
        this.variables = variables;
        this.version = version;
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    OpenTelemetrySdk start() {
        try {
            return built("");
        } catch (RuntimeException e) {
            throw Refusal.of(variables, e, this::worksWithout);
        }
    }

    /** Whether one variable alone is what it does not take. */
    private boolean worksWithout(String variable) {
        try {
            built(variable).close();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private OpenTelemetrySdk built(String leftOut) {
        ITS_LOG.setLevel(Level.OFF);
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .setServiceClassLoader(Sdk.class.getClassLoader())
                .addPropertiesSupplier(this::properties)
                .addPropertiesCustomizer(config -> overridden(leftOut))
                .addResourceCustomizer((resource, config) -> resource.merge(ourselves(resource)))
                .addSpanExporterCustomizer((exporter, config) -> new Delivery(variables.endpoint()).heard(exporter))
                .build()
                .getOpenTelemetrySdk();
    }

    private Map<String, String> properties() {
        var properties = new HashMap<>(variables.properties());
        properties.put("otel.exporter.otlp.protocol", Variables.HTTP);
        return properties;
    }

    /** There is Prometheus in place of the one, and standard output in place of the other. */
    @SuppressWarnings("NullAway") // a property that is null counts as none
    private static Map<String, String> overridden(String leftOut) {
        var properties = new HashMap<>(Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"));
        if (!leftOut.isEmpty()) {
            properties.put(Variables.property(leftOut), null);
        }
        return properties;
    }

    private Resource ourselves(Resource known) {
        AttributesBuilder ours = Attributes.builder();
        if (Optional.ofNullable(known.getAttribute(SERVICE))
                .orElse("unknown_service")
                .startsWith("unknown_service")) {
            ours.put(SERVICE, "postern");
        }
        if (known.getAttribute(VERSION) == null) {
            ours.put(VERSION, version);
        }
        return Resource.create(ours.build());
    }
}
