package io.github.postern.web;

import java.util.ArrayList;
import java.util.List;

/**
 * The head of a list, for pages that must stay small.
 *
 * @param shown the entries that fit
 * @param hidden how many do not
 */
public record ShortList(List<String> shown, int hidden) {
    private static final int ENTRY_BYTES = 120;
    private static final int MARKUP_BYTES = "<li><bdi></bdi></li>\n".length();

    public ShortList {
        shown = List.copyOf(shown);
    }

    /** As many entries as fit into so many bytes of HTML; long ones are cut. */
    static ShortList of(List<String> entries, int bytes) {
        var shown = new ArrayList<String>();
        var left = bytes;
        for (var entry : entries) {
            var text = HtmlText.clip(entry, ENTRY_BYTES);
            left -= MARKUP_BYTES + HtmlText.bytes(text);
            if (left < 0) {
                break;
            }
            shown.add(text);
        }
        return new ShortList(shown, entries.size() - shown.size());
    }
}
