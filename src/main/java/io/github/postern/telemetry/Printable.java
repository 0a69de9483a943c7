package io.github.postern.telemetry;

/** What strangers send, as it may stand in a line: cut, and without anything that could end the line or hide what it says. */
final class Printable {
    private static final int LONGEST = 300;

    private Printable() {}

    static String of(String text) {
        return of(text, LONGEST);
    }

    /** @param longest how many characters are kept */
    static String of(String text, int longest) {
        if (isPlain(text, longest)) {
            return text;
        }
        var cleaned = new StringBuilder(Math.min(text.length(), longest));
        text.codePoints().limit(longest).forEach(point -> cleaned.appendCodePoint(isPlain(point) ? point : '?'));
        return cleaned.toString();
    }

    /** An address without its query, because apps put secrets there. */
    static String place(String url) {
        int query = url.indexOf('?');
        return of(query < 0 ? url : url.substring(0, query));
    }

    /** Between quotation marks; those in it, and backslashes, are escaped. */
    static String quoted(String text) {
        return '"' + escaped(text) + '"';
    }

    static String escaped(String text) {
        return text.indexOf('"') < 0 && text.indexOf('\\') < 0
                ? text
                : text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static boolean isPlain(String text, int longest) {
        if (text.length() > longest) {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) < ' ' || text.charAt(index) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int point) {
        int type = Character.getType(point);
        return !Character.isISOControl(point)
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.FORMAT
                && type != Character.SURROGATE;
    }
}
