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
}
