package io.github.postern.web;

import java.nio.charset.StandardCharsets;

/** How many bytes a text takes on a page, for pages that must stay small: proxies read 401 and 403 into 4 KB buffers. */
final class HtmlText {
    private static final int LONGEST_ESCAPE = "&#034;".length();

    private HtmlText() {}

    /** An upper bound: UTF-8, with the characters escaped that {@code c:out} escapes. */
    static int bytes(String text) {
        var escapes = text.chars().filter(c -> "<>&\"'".indexOf(c) >= 0).count();
        return text.getBytes(StandardCharsets.UTF_8).length + (int) escapes * (LONGEST_ESCAPE - 1);
    }

    /** Cuts between characters, never inside one, and says so with an ellipsis. */
    static String clip(String text, int bytes) {
        if (bytes(text) <= bytes) {
            return text;
        }
        var left = bytes - bytes("…");
        var end = 0;
        while (end < text.length()) {
            var next = text.offsetByCodePoints(end, 1);
            left -= bytes(text.substring(end, next));
            if (left < 0) {
                break;
            }
            end = next;
        }
        return text.substring(0, end) + "…";
    }
}
