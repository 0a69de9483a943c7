package io.github.postern.tracing;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The standard variables of OpenTelemetry. OpenTelemetry itself reads and checks them; what is here says whether they ask for traces
 * at all, and refuses what this version cannot do, what would show a key, and numbers that would do harm. Needs nothing of OpenTelemetry, so that without traces none of it is loaded.
 *
 * @param given those whose names begin with {@code OTEL_}; an empty one counts as not set
 */
public record Variables(Map<String, String> given) {
    private static final String PREFIX = "OTEL_";
    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static final String TRACES_PROTOCOL = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL";
    private static final List<String> HEADERS =
            List.of("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS");
    private static final List<String> FILES = List.of("OTEL_CONFIG_FILE", "OTEL_EXPERIMENTAL_CONFIG_FILE");

    /** The one protocol there is: the JDK's own client speaks no gRPC. */
    static final String HTTP = "http/protobuf";

    private static final String NO_TRACES = "none";

    public Variables {
        given = Map.copyOf(given);
    }

    /** What is set, if it asks for traces. */
    public static Optional<Variables> of(Map<String, String> environment) {
        var variables = new Variables(environment.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(PREFIX) && !entry.getValue().isBlank())
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().strip())));
        return Optional.of(variables).filter(Variables::askForTraces);
    }

    private boolean askForTraces() {
        boolean off = value(DISABLED).filter("true"::equalsIgnoreCase).isPresent()
                || value(EXPORTER).filter(NO_TRACES::equals).isPresent();
        return !off && Stream.of(EXPORTER, ENDPOINT, TRACES_ENDPOINT).anyMatch(given::containsKey);
    }

    /** Their names: a value may be a key. */
    @Override
    public String toString() {
        return "Variables" + given.keySet();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /** What this version cannot do, one sentence each, with the cure. */
    List<String> mistakes() {
        var mistakes = new ArrayList<String>();
        value(DISABLED)
                .filter(value -> !value.equalsIgnoreCase("false"))
                .ifPresent(value -> mistakes.add(DISABLED + ": '" + value + "' is neither true nor false"));
        value(EXPORTER)
                .filter(value -> !value.equals("otlp"))
                .ifPresent(value ->
                        mistakes.add(EXPORTER + ": '" + value + "' is not supported; set otlp, or none for no traces"));
        // the one for traces outweighs the general one
        String protocol = given.containsKey(TRACES_PROTOCOL) ? TRACES_PROTOCOL : PROTOCOL;
        value(protocol)
                .filter(value -> !value.equals(HTTP))
                .ifPresent(value -> mistakes.add(protocol + ": '" + value + "' is not supported; set " + HTTP
                        + ", and as the endpoint the collector's port for it, which is 4318 unless it was changed"));
        FILES.stream()
                .filter(given::containsKey)
                .forEach(name -> mistakes.add(name + ": is not supported; set the other OTEL_ variables instead"));
        HEADERS.forEach(name -> check(name, HeaderList::mistake, mistakes));
        check(endpointName(), Address::mistake, mistakes);
        Bounds.ALL.forEach(bounds -> check(bounds.variable(), bounds::mistake, mistakes));
        return mistakes;
    }

    private void check(String name, Function<String, Optional<String>> check, List<String> mistakes) {
        value(name).flatMap(check).ifPresent(mistake -> mistakes.add(name + ": " + mistake));
    }

    /** The properties that OpenTelemetry knows them by. */
    Map<String, String> properties() {
        return given.entrySet().stream().collect(toMap(entry -> property(entry.getKey()), Map.Entry::getValue));
    }

    static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** A line for the operator. */
    public String notice() {
        return "Traces are sent to " + endpoint() + ".";
    }

    /** Where spans go, without what a log should not hold. */
    String endpoint() {
        return Address.shown(value(endpointName()).orElse("http://localhost:4318"));
    }

    /** The one for traces outweighs the general one. */
    private String endpointName() {
        return given.containsKey(TRACES_ENDPOINT) ? TRACES_ENDPOINT : ENDPOINT;
    }
}
