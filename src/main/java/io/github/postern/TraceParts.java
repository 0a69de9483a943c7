package io.github.postern;

import io.github.postern.config.InvalidSettings;
import io.github.postern.tracing.Tracing;
import io.github.postern.tracing.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Traces, where the {@code OTEL_} variables ask for them. Without that, nothing of OpenTelemetry is loaded. */
final class TraceParts {
    private TraceParts() {}

    /** @throws InvalidSettings when a variable is wrong */
    static Optional<Tracing> of(Map<String, String> environment) {
        return Variables.of(environment).map(variables -> {
            try {
                return Tracing.start(variables, Versions.version());
            } catch (IllegalArgumentException e) {
                throw new InvalidSettings(List.of(e.getMessage()));
            }
        });
    }

    /** What is wrong with the variables, one sentence each; nothing where they ask for no traces. */
    static List<String> mistakes(Map<String, String> environment) {
        // a method reference would load it where nothing asks for traces
        return Variables.of(environment)
                .map(variables -> Tracing.mistakes(variables))
                .orElse(List.of());
    }

    /** For the operator who asks what the settings come to. */
    static Optional<String> notice(Map<String, String> environment) {
        return Variables.of(environment).map(Variables::notice);
    }
}
