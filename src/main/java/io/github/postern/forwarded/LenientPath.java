package io.github.postern.forwarded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A path as its most lenient reader might take it: decoded until nothing is left to decode, without parameters. For saying no only: where this reading looks like one of our own endpoints or another site, it might be one.
 *
 * @param segments what stands between the slashes, in lower case; a path that ends with a slash has an empty last one
 */
public record LenientPath(List<String> segments) {
    private static final int DEEPEST_ENCODING = 3;

    public LenientPath {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a raw path.
     *
     * @param raw ASCII that starts with a slash; without query and fragment
     * @return empty when readers may not agree where it leads: dot segments, backslashes, controls, what cannot be seen, endless encodings
     */
    public static Optional<LenientPath> of(String raw) {
        return decoded(raw)
                .map(path -> Normalizer.normalize(path, Normalizer.Form.NFKC))
                .filter(path -> path.startsWith("/") && path.indexOf('\\') < 0)
                .filter(path -> path.chars().noneMatch(LenientPath::isInvisible))
                .map(LenientPath::split)
                .filter(path -> path.segments().stream().noneMatch(LenientPath::climbs));
    }

    /** Whether it lies at or under a prefix such as {@code /oauth2}. */
    public boolean under(String prefix) {
        List<String> wanted = named(split(prefix).segments());
        List<String> found = named(segments);
        return found.size() >= wanted.size() && found.subList(0, wanted.size()).equals(wanted);
    }

    /** Whether it starts with two slashes, which makes a browser read a host. */
    public boolean startsWithHost() {
        return segments.size() > 1 && segments.get(0).isEmpty();
    }

    /** Whether two slashes stand together anywhere. */
    public boolean hasEmptySegment() {
        return segments.subList(0, segments.size() - 1).contains("");
    }

    private static LenientPath split(String path) {
        return new LenientPath(Arrays.stream(path.substring(1).split("/", -1))
                .map(LenientPath::name)
                .toList());
    }

    private static String name(String segment) {
        int end = 0;
        while (end < segment.length() && ";?#".indexOf(segment.charAt(end)) < 0) {
            end++;
        }
        return segment.substring(0, end).strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> named(List<String> segments) {
        return segments.stream().filter(segment -> !segment.isEmpty()).toList();
    }

    private static boolean isInvisible(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }

    private static boolean climbs(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    private static Optional<String> decoded(String raw) {
        String path = raw;
        for (int round = 0; round <= DEEPEST_ENCODING; round++) {
            String once = decodedOnce(path);
            if (once.equals(path)) {
                return Optional.of(new String(path.getBytes(ISO_8859_1), UTF_8));
            }
            path = once;
        }
        return Optional.empty();
    }

    // Characters stand for octets until the last round, so that an encoding inside an encoding is found too.
    private static String decodedOnce(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        var decoded = new StringBuilder(path.length());
        for (int index = 0; index < path.length(); index++) {
            int octet = AsciiUri.octet(path, index);
            decoded.append(octet < 0 ? path.charAt(index) : (char) octet);
            index += octet < 0 ? 0 : 2;
        }
        return decoded.toString();
    }
}
