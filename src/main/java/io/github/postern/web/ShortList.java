package io.github.postern.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a list, for pages that must stay small.
 *
 * @param shown the entries that fit
 * @param hidden how many do not
 */
public record ShortList(List<String> shown, int hidden) {
    private static final int ENTRY_CHARACTERS = 80;
    private static final int MARKUP_BYTES = 30;

    public ShortList {
        shown = List.copyOf(shown);
    }

    /** As many entries as fit into so many bytes of HTML. */
    static ShortList of(List<String> entries, int bytes) {
        var shown = new ArrayList<String>();
        var left = bytes;
        for (var entry : entries) {
            var text = clip(entry, ENTRY_CHARACTERS);
            left -= size(text);
            if (left < 0) {
                break;
            }
            shown.add(text);
        }
        return new ShortList(shown, entries.size() - shown.size());
    }

    /** Cuts between characters, never inside one, and says so with an ellipsis. */
    static String clip(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters)) + "…";
    }

    private static int size(String text) {
        var escapes = text.chars().filter(c -> "<>&\"'".indexOf(c) >= 0).count();
        return MARKUP_BYTES + text.getBytes(StandardCharsets.UTF_8).length + (int) escapes * 5;
    }
}
