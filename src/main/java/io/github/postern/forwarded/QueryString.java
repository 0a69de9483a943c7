package io.github.postern.forwarded;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a raw query string, read without touching the request's body and without failing on odd bytes: a
 * value that cannot be decoded stays as it was sent.
 */
public final class QueryString {
    private static final int MOST_PARAMETERS = 200;
    private final Map<String, List<String>> values;

    private final boolean whole;

    private QueryString(Map<String, List<String>> values, boolean whole) {
        this.values = values;
        this.whole = whole;
    }

    /** @param raw the part behind the question mark, still encoded, or null where there is none */
    public static QueryString of(@Nullable String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        boolean whole = true;
        if (raw != null && !raw.isEmpty()) {
            String[] pairs = raw.split("&", MOST_PARAMETERS + 1);
            whole = pairs.length <= MOST_PARAMETERS;
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decode(name), none -> new ArrayList<>()).add(decode(value));
            }
        }
        return new QueryString(values, whole);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The first value of {@code name}. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** Every value of {@code name}, in order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether every parameter was read; false where there are too many to be honest. */
    public boolean isWhole() {
        return whole;
    }

    /** Whether a parameter occurs more than once, which OAuth forbids (RFC 6749, 3.1). */
    public boolean repeats() {
        return values.values().stream().anyMatch(list -> list.size() > 1);
    }

    /** The parameters in the order of their first appearance. */
    public Map<String, List<String>> values() {
        return Map.copyOf(values);
    }
}
