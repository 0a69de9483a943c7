package io.github.postern.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lengths of time as Go writes them: {@code 168h}, {@code 1h30m}, {@code 1.5h}, {@code 300ms}, {@code 0}. */
final class GoDuration {
    private static final Pattern PART =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18})(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|(?:" + PART.pattern() + ")+)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /** The length of time, or empty when it is not written so or exceeds 292 years, Go's own limit. */
    static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal nanos = PART.matcher(text)
                .results()
                .map(part -> nanos(part.group(1), part.group(2)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (nanos.compareTo(LONGEST) > 0) {
            return Optional.empty();
        }
        var length = Duration.ofNanos(nanos.longValue());
        return Optional.of(text.startsWith("-") ? length.negated() : length);
    }

    private static BigDecimal nanos(String number, String unit) {
        return new BigDecimal(number).multiply(BigDecimal.valueOf(NANOS.getOrDefault(unit, 0L)));
    }
}
