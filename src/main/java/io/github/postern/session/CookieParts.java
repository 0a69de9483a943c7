package io.github.postern.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A value too long for one cookie, split over {@code name_0}, {@code name_1}, … as oauth2-proxy names them. The first part
 * begins with the number of parts, so that a stale or planted extra part is never read.
 */
final class CookieParts {
    private static final int PART_CHARACTERS = 3800;
    private static final int MOST_PARTS = 4;
    private final String name;
    private final Pattern family;

    CookieParts(String name) {
        this.name = name;
        this.family = Pattern.compile(Pattern.quote(name) + "(_[0-9])?");
    }

    /** Whether a cookie of this name is one of ours, current or stale. */
    boolean owns(String cookieName) {
        return cookieName.startsWith(name) && family.matcher(cookieName).matches();
    }

    /** @throws IllegalArgumentException when the value does not fit into the largest number of parts */
    List<SealedCookie.Named> split(String value) {
        if (value.length() <= PART_CHARACTERS) {
            return List.of(new SealedCookie.Named(name, value));
        }
        int count = value.length() / PART_CHARACTERS + 1;
        if (count > MOST_PARTS) {
            throw new IllegalArgumentException(
                    "the session needs " + count + " cookies, at most " + MOST_PARTS + " are made");
        }
        String counted = count + value;
        List<SealedCookie.Named> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            int from = part * PART_CHARACTERS;
            int to = part == count - 1 ? counted.length() : from + PART_CHARACTERS;
            parts.add(new SealedCookie.Named(name + "_" + part, counted.substring(from, to)));
        }
        return parts;
    }

    /** Each unsplit cookie of the name. */
    List<String> whole(HttpServletRequest request) {
        return SealedCookie.values(request, name);
    }

    /** The parts put together; empty when one is missing. */
    Optional<String> joined(HttpServletRequest request) {
        String first = part(request, 0);
        int count = first.isEmpty() ? 0 : first.charAt(0) - '0';
        if (count < 2 || count > MOST_PARTS) {
            return Optional.empty();
        }
        var value = new StringBuilder(first.substring(1));
        IntStream.range(1, count).forEach(part -> value.append(part(request, part)));
        return Optional.of(value.toString());
    }

    private String part(HttpServletRequest request, int part) {
        return SealedCookie.values(request, name + "_" + part).stream()
                .findFirst()
                .orElse("");
    }
}
