package io.github.postern.tracing;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a number may go. OpenTelemetry takes any and sets memory aside for it, or never sends. What is no number, it refuses itself.
 *
 * @param variable whose number it is
 * @param unit of {@code least} and {@code most}; empty where things are counted
 */
record Bounds(String variable, long least, long most, String unit) {
    private static final String MILLISECONDS = " ms";
    private static final long HOUR = 3_600_000;

    static final List<Bounds> ALL = List.of(
            new Bounds("OTEL_BSP_MAX_QUEUE_SIZE", 1, 100_000, ""),
            new Bounds("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 1, 10_000, ""),
            new Bounds("OTEL_BSP_SCHEDULE_DELAY", 10, HOUR, MILLISECONDS),
            // for these, 0 is no limit
            new Bounds("OTEL_BSP_EXPORT_TIMEOUT", 0, HOUR, MILLISECONDS),
            new Bounds("OTEL_EXPORTER_OTLP_TIMEOUT", 0, HOUR, MILLISECONDS),
            new Bounds("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", 0, HOUR, MILLISECONDS));

    private static final Pattern NUMBER = Pattern.compile("([+-]?\\d+)\\s*([a-z]*)");
    /** In milliseconds, as OpenTelemetry reads them. */
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "ms", 1L, "s", 1000L, "m", 60_000L, "h", HOUR, "d", 24 * HOUR);

    /** What is wrong with a number of this variable. */
    Optional<String> mistake(String value) {
        return Optional.of(NUMBER.matcher(value))
                .filter(Matcher::matches)
                .filter(number -> !unit.isEmpty() || number.group(2).isEmpty())
                .flatMap(number -> Optional.ofNullable(UNITS.get(number.group(2)))
                        .map(factor -> new BigInteger(number.group(1)).multiply(BigInteger.valueOf(factor))))
                .filter(number -> number.compareTo(BigInteger.valueOf(least)) < 0
                        || number.compareTo(BigInteger.valueOf(most)) > 0)
                .map(number -> "'" + value + "' is not between " + least + " and " + most + unit
                        + "; correct it, or leave it out");
    }
}
