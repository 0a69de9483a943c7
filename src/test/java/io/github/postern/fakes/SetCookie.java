package io.github.postern.fakes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One {@code Set-Cookie} line, RFC 6265bis section 5.6.
 *
 * @param name before the first {@code =}
 * @param value up to the first semicolon
 * @param attributes the rest, trimmed, as sent
 */
public record SetCookie(String name, String value, List<String> attributes) {
    static SetCookie parse(String line) {
        var parts = line.split(";");
        int equals = parts[0].indexOf('=');
        var name = equals < 0 ? "" : parts[0].substring(0, equals).trim();
        var value = parts[0].substring(equals + 1).trim();
        return new SetCookie(
                name, value, Arrays.stream(parts).skip(1).map(String::trim).toList());
    }

    /** The value of an attribute; empty when it is missing; an empty string for a flag. */
    public Optional<String> attribute(String attribute) {
        var wanted = attribute.toLowerCase(Locale.ROOT);
        return attributes.stream()
                .filter(each -> each.toLowerCase(Locale.ROOT).equals(wanted)
                        || each.toLowerCase(Locale.ROOT).startsWith(wanted + "="))
                .map(each -> each.contains("=") ? each.substring(each.indexOf('=') + 1) : "")
                .findFirst();
    }

    /** {@code Max-Age} in seconds; empty for a browser session. */
    public Optional<Long> maxAge() {
        return attribute("Max-Age").map(Long::valueOf);
    }

    /** Whether this line deletes the cookie. */
    public boolean deletes() {
        return maxAge().map(age -> age <= 0).orElse(false);
    }
}
