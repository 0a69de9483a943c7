package io.github.postern.web;

import java.util.regex.Pattern;

/** A path as it may stand in a line: apps put secrets into the query and into parameters (RFC 3986, 3.3), so these are left out. */
final class ToldPath {
    private static final String LEFT_OUT = "***";
    private static final Pattern PARAMETERS = Pattern.compile("(;|%3[Bb])[^/?]+");
    /** For an app that decodes before it looks for the query. */
    private static final Pattern ENCODED_QUERY = Pattern.compile("(%3[Ff]).+");

    private ToldPath() {}

    /** @param uri path and query, as asked for */
    static String of(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (path.indexOf(';') < 0 && !path.contains("%3")) {
            return path;
        }
        String without = PARAMETERS.matcher(path).replaceAll("$1" + LEFT_OUT);
        return ENCODED_QUERY.matcher(without).replaceAll("$1" + LEFT_OUT);
    }
}
