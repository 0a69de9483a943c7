package io.github.postern.telemetry;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header {@code traceparent} (W3C Trace Context 3.2).
 *
 * @param traceId 32 hexadecimal digits, not all of them zero
 * @param spanId 16 hexadecimal digits, not all of them zero
 * @param sampled whether the caller may have recorded its part
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    /** Its name. */
    public static final String HEADER = "traceparent";

    private static final int LENGTH = 55;
    private static final int LONGEST = 512;
    private static final Pattern FIELDS =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;

    /** What the header says; empty for one that is not valid. Later versions may append fields (3.2.4). */
    public static Optional<TraceParent> of(String header) {
        boolean later = header.length() > LENGTH
                && header.length() <= LONGEST
                && header.charAt(LENGTH) == '-'
                && !header.startsWith("00");
        if (header.length() != LENGTH && !later) {
            return Optional.empty();
        }
        if (!FIELDS.matcher(header.substring(0, LENGTH)).matches()) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(header, FLAGS, LENGTH, 16) & 1) == 1;
        return Optional.of(
                new TraceParent(header.substring(TRACE, SPAN - 1), header.substring(SPAN, FLAGS - 1), sampled));
    }
}
