package io.github.postern.forwarded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path that granting rules look at, decoded once and without doubled slashes. With {@code ;parameters} there are two
 * readings, since some apps drop them and some do not; where proxy and app could differ in more there is none.
 */
final class RoutePath {
    // What a second decoding, or an app that decodes before it splits, would take for structure.
    private static final String NEVER_ENCODED = "/\\.%;?#";

    private static final Pattern BLANKS = Pattern.compile("\\s");

    private RoutePath() {}

    /**
     * Every reading of a path; a rule must hold for all of them.
     *
     * @param path raw ASCII path without query, starting with a slash
     * @return empty when the path is ambiguous
     */
    static List<String> readings(String path) {
        if (isPlain(path)) {
            return List.of(path);
        }
        Optional<String> stripped = decoded(path, true).flatMap(RoutePath::normalised);
        Optional<String> literal = decoded(path, false).flatMap(RoutePath::normalised);
        return stripped.isEmpty() || literal.isEmpty() ? List.of() : List.of(stripped.get(), literal.get());
    }

    private static boolean isPlain(String path) {
        char previous = 0;
        for (int index = 0; index < path.length(); index++) {
            char character = path.charAt(index);
            if (character == '%' || character == ';' || (previous == '/' && (character == '/' || character == '.'))) {
                return false;
            }
            previous = character;
        }
        return true;
    }

    private static Optional<String> decoded(String path, boolean dropParameters) {
        var octets = ByteBuffer.allocate(path.length());
        boolean inParameters = false;
        for (int index = 0; index < path.length(); index++) {
            char character = path.charAt(index);
            int octet = character == '%' ? AsciiUri.octet(path, index) : character;
            if (character == '%' && !mayBeEncoded(octet)) {
                return Optional.empty();
            }
            index += character == '%' ? 2 : 0;
            inParameters = dropParameters && (character == ';' || (inParameters && character != '/'));
            if (!inParameters) {
                octets.put((byte) octet);
            }
        }
        return text(octets.flip());
    }

    private static boolean mayBeEncoded(int octet) {
        return octet >= ' ' && octet != 0x7F && NEVER_ENCODED.indexOf(octet) < 0;
    }

    private static Optional<String> text(ByteBuffer octets) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(octets).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    // Dot segments are refused, not resolved: Traefik has resolved them before it asks, other proxies pass them on to
    // an app that may not.
    private static Optional<String> normalised(String path) {
        var normal = new StringBuilder(path.length());
        for (String segment : path.split("/", -1)) {
            if (isDots(segment) || looksLikeStructure(segment)) {
                return Optional.empty();
            }
            normal.append(segment.isEmpty() ? "" : "/").append(segment);
        }
        return Optional.of(path.endsWith("/") ? normal.append('/').toString() : normal.toString());
    }

    /** Also where a file system takes it for that: Windows drops blanks at the end, and some fold letters (Unicode, NFKC). */
    private static boolean isDots(String segment) {
        String folded = BLANKS.matcher(Normalizer.normalize(segment, Form.NFKC)).replaceAll("");
        boolean dots = !folded.isEmpty() && folded.chars().allMatch(letter -> letter == '.');
        return dots && (folded.length() <= 2 || !folded.equals(segment));
    }

    /** What some would fold into a separator. */
    private static boolean looksLikeStructure(String segment) {
        return segment.codePoints()
                .filter(letter -> letter > '~')
                .mapToObj(letter -> Normalizer.normalize(Character.toString(letter), Form.NFKC))
                .anyMatch(folded -> folded.chars().anyMatch(letter -> letter == '/' || letter == '\\'));
    }
}
