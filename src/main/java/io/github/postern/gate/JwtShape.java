package io.github.postern.gate;

/** Whether a text looks like a signed JWT: three parts in the letters of base64url, the first two of which begin JSON objects. */
final class JwtShape {
    /** How a brace and a quotation mark begin in base64url. */
    private static final String OBJECT = "ey";

    private JwtShape() {}

    static boolean fits(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        return first > 0
                && second > 0
                && second < text.length() - 1
                && text.startsWith(OBJECT)
                && text.startsWith(OBJECT, first + 1)
                && isBase64Url(text, first, second);
    }

    /** Dots stand only where the parts meet. */
    private static boolean isBase64Url(String text, int first, int second) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '-' && c != '_' && i != first && i != second) {
                return false;
            }
        }
        return true;
    }
}
