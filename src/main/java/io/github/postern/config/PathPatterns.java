package io.github.postern.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.postern.config.PathPattern.Kind;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the paths of rules: {@code /x}, {@code /x/*} and {@code ^…}. */
final class PathPatterns {
    private static final String NEVER_IN_A_PATH = "%?#;\\";
    private static final String OPERATORS = "\\.[]{}()*+?^$|";
    private static final String BELOW = "/*";

    private PathPatterns() {}

    /**
     * One path as written.
     *
     * @param mistake takes what is wrong with it
     */
    static Optional<PathPattern> read(String text, Consumer<String> mistake) {
        Optional<String> wrong = text.startsWith("^") ? wrongRegex(text) : wrongLiteral(text);
        wrong.ifPresent(mistake);
        return wrong.isPresent() ? Optional.empty() : Optional.of(pattern(text));
    }

    private static PathPattern pattern(String text) {
        if (text.startsWith("^")) {
            return regex(text);
        }
        if (text.equals(BELOW)) {
            return new PathPattern(Kind.PREFIX, "/", Optional.empty());
        }
        return text.endsWith(BELOW)
                ? new PathPattern(Kind.BELOW, text.substring(0, text.length() - BELOW.length()), Optional.empty())
                : new PathPattern(Kind.EXACT, text, Optional.empty());
    }

    private static Optional<String> wrongLiteral(String text) {
        String path = text.endsWith(BELOW) ? text.substring(0, text.length() - 1) : text;
        if (!text.startsWith("/")) {
            return Optional.of("begins with neither / nor ^; write /x, /x/* or a regular expression with ^");
        }
        if (path.indexOf('*') >= 0) {
            return Optional.of("has a * that does not stand alone at the end; write a regular expression with ^");
        }
        if (path.chars().anyMatch(c -> NEVER_IN_A_PATH.indexOf(c) >= 0)) {
            return Optional.of("holds one of " + NEVER_IN_A_PATH + "; write the path decoded and without parameters");
        }
        boolean odd = path.contains("//") || (path + "/").contains("/./") || (path + "/").contains("/../");
        return odd
                ? Optional.of("has an empty or a dot segment, which no path that reaches the rules has; remove it")
                : Optional.empty();
    }

    private static Optional<String> wrongRegex(String text) {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            return Optional.of("is no RE2 regular expression: " + Quoted.plain(e.getDescription()) + "; mend it");
        }
        return Anchors.holds(text)
                ? Optional.empty()
                : Optional.of("has an alternative without ^; put brackets around all of them, after one ^");
    }

    /** The usual expressions mean no more than a prefix or a path, which are compared faster. */
    private static PathPattern regex(String text) {
        var literal = new StringBuilder();
        int end = hasTopLevelBar(text) ? 1 : literal(text, literal);
        Optional<Kind> simple = end > 1 ? simple(text.substring(end)) : Optional.empty();
        return new PathPattern(
                simple.orElse(Kind.REGEX),
                literal.toString(),
                simple.isPresent() ? Optional.empty() : Optional.of(Pattern.compile(text)));
    }

    private static Optional<Kind> simple(String rest) {
        return switch (rest) {
            case "", ".*", ".*$" -> Optional.of(Kind.PREFIX);
            case "$" -> Optional.of(Kind.EXACT);
            case "(/.*)?$", "(/|$)", "(?:/.*)?$", "(?:/|$)", "(/.*|$)" -> Optional.of(Kind.BELOW);
            default -> Optional.empty();
        };
    }

    /** Reads the characters that stand for themselves; what a repetition follows is not among them. */
    private static int literal(String text, StringBuilder literal) {
        int at = 1;
        while (at < text.length()) {
            boolean escaped = text.charAt(at) == '\\';
            int letter = escaped ? at + 1 : at;
            boolean itself = letter < text.length()
                    && (escaped ? isPunctuation(text.charAt(letter)) : OPERATORS.indexOf(text.charAt(letter)) < 0);
            boolean repeated = letter + 1 < text.length() && "*+?{".indexOf(text.charAt(letter + 1)) >= 0;
            if (!itself || repeated || Character.isSurrogate(text.charAt(letter))) {
                return at;
            }
            literal.append(text.charAt(letter));
            at = letter + 1;
        }
        return at;
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }

    /** Whether the expression has alternatives outside of brackets, so that its beginning is not the beginning of all. */
    private static boolean hasTopLevelBar(String text) {
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (text.startsWith("\\Q", at) || (c == '|' && depth <= 0)) {
                return true; // quoted text may hold brackets: not worth a parser
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at = c == '\\' ? at + 1 : c == '[' ? endOfClass(text, at) : at;
        }
        return false;
    }

    private static int endOfClass(String text, int start) {
        int at = start + (text.startsWith("[^", start) ? 2 : 1);
        at += text.startsWith("]", at) ? 1 : 0;
        while (at < text.length() && text.charAt(at) != ']') {
            int named = text.startsWith("[:", at) ? text.indexOf(":]", at) : -1;
            at = named > 0 ? named + 2 : text.charAt(at) == '\\' ? at + 2 : at + 1;
        }
        return at;
    }
}
