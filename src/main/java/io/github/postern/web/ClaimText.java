package io.github.postern.web;

import io.github.postern.gate.Caller;
import io.github.postern.gate.ClaimValues;
import java.util.List;

/** A caller's claim as the text of a header. */
final class ClaimText {
    private ClaimText() {}

    /** @param claim its name or dotted path, as settings and rules write it; several values are joined by commas */
    static String of(Caller caller, String claim) {
        String name = claim.equals("user") ? "sub" : claim; // oauth2-proxy's name for it
        return ClaimValues.only(caller, name).orElseGet(() -> joined(ClaimValues.of(caller, name)));
    }

    /** A value with a comma in it would read as two values: it is left out. */
    static String joined(List<String> values) {
        if (values.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        for (String value : values) {
            if (value.indexOf(',') < 0) {
                text.append(text.isEmpty() ? "" : ",").append(value);
            }
        }
        return text.toString();
    }
}
