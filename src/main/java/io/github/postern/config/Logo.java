package io.github.postern.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The picture on our pages.
 *
 * @param kind where it comes from
 * @param where the file's name or the address; empty for the other kinds
 */
public record Logo(Kind kind, String where) {
    private static final Map<String, String> TYPES =
            Map.of("svg", "image/svg+xml", "png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg");

    static final Logo OURS = new Logo(Kind.OURS, "");
    static final Logo NONE = new Logo(Kind.NONE, "");

    /** Where the picture comes from. */
    public enum Kind {
        OURS,
        NONE,
        /** A file that we serve. */
        FILE,
        /** An https address. */
        LINK
    }

    /** The media type of a file, by its extension; empty for one that we do not know. */
    public Optional<String> mediaType() {
        String extension = where.substring(where.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(TYPES.get(extension));
    }
}
