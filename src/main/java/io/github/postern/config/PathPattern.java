package io.github.postern.config;

import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * One path of a rule, for decoded paths.
 *
 * @param kind how it matches
 * @param literal what every path that matches begins with; the whole of it unless a regular expression decides
 * @param regex what decides besides, for {@link Kind#REGEX}
 */
public record PathPattern(Kind kind, String literal, Optional<Pattern> regex) {
    /** Every path. */
    public static final PathPattern EVERY = new PathPattern(Kind.PREFIX, "", Optional.empty());

    /** How a pattern matches. */
    public enum Kind {
        /** This path and no other. */
        EXACT,
        /** This path and everything below it. */
        BELOW,
        /** Everything that begins so. */
        PREFIX,
        /** What the expression finds. */
        REGEX
    }

    /** As an operator may have written it. */
    @Override
    public String toString() {
        return switch (kind) {
            case EXACT -> literal;
            case BELOW -> literal + "/*";
            case PREFIX -> literal + "*";
            case REGEX -> regex.map(Pattern::pattern).orElse("");
        };
    }

    /** Whether it matches this path. */
    public boolean matches(String path) {
        return path.startsWith(literal) && matchesBeyond(path);
    }

    /** Whether it matches a path that is known to begin with the literal. */
    public boolean matchesBeyond(String path) {
        return switch (kind) {
            case PREFIX -> true;
            case EXACT -> path.length() == literal.length();
            case BELOW -> path.length() == literal.length() || path.charAt(literal.length()) == '/';
            case REGEX -> regex.isPresent() && regex.get().matcher(path).find();
        };
    }
}
