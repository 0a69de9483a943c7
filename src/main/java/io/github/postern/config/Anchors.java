package io.github.postern.config;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Judges whether a regular expression matches only from the start of a path. */
final class Anchors {
    private static final Pattern FLAGS = Pattern.compile("^\\(\\?[a-zA-Z]+\\)");
    // escaped characters and classes, in which a bar or a bracket means itself
    private static final Pattern LITERALS = Pattern.compile("\\\\.|\\[\\^?]?[^]]*]");

    private static final Pattern GROUP = Pattern.compile("\\([^()]*\\)");

    private Anchors() {}

    /** Whether each alternative begins with an anchor; an anchor inside a group is not seen. */
    static boolean holds(String regex) {
        String bare = LITERALS.matcher(FLAGS.matcher(regex).replaceFirst("")).replaceAll("x");
        while (GROUP.matcher(bare).find()) {
            bare = GROUP.matcher(bare).replaceAll("x");
        }
        return Arrays.stream(bare.split("\\|", -1)).allMatch(alternative -> alternative.startsWith("^"));
    }
}
