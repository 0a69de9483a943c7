package io.github.postern.forwarded;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A header that may come once. Of two lines a proxy and we might each believe another one, so neither counts.
 *
 * @param sent whether there is any such line
 * @param value the only line's value
 */
record HeaderLine(boolean sent, Optional<String> value) {
    private static final HeaderLine ABSENT = new HeaderLine(false, Optional.empty());
    private static final HeaderLine UNUSABLE = new HeaderLine(true, Optional.empty());

    static HeaderLine of(HttpServletRequest request, String name) {
        var lines = request.getHeaders(name);
        if (!lines.hasMoreElements()) {
            return ABSENT;
        }
        String value = lines.nextElement();
        return lines.hasMoreElements() ? UNUSABLE : new HeaderLine(true, Optional.of(value));
    }

    /** The same header, unusable if its value is not as it must be. */
    HeaderLine when(Predicate<String> wellFormed) {
        return value.isEmpty() || wellFormed.test(value.get()) ? this : UNUSABLE;
    }

    /** Whether nothing was told, or it was told well. */
    boolean sound() {
        return !sent || value.isPresent();
    }
}
