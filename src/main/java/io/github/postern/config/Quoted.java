package io.github.postern.config;

/** A value as it may stand in a message: on one line, of bounded length. Never used for secrets. */
final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    static String of(Object value) {
        return "'" + plain(value.toString()) + "'";
    }

    /** The same without the quotation marks. */
    static String plain(String value) {
        String line = value.replaceAll("\\p{Cntrl}|[\\u2028\\u2029]", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** A web address without what may be secret in it: a user's name and password, the query. */
    static String address(String text) {
        int scheme = text.indexOf("://") + 3;
        if (text.indexOf('@') >= 0) {
            // where the password ends is anybody's guess when the address is malformed
            return of((scheme < 3 || scheme > text.indexOf('@') ? "" : text.substring(0, scheme)) + "***");
        }
        int query = text.indexOf('?');
        return of(query < 0 ? text : text.substring(0, query) + "?***");
    }
}
