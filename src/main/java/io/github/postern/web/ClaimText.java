package io.github.postern.web;

import io.github.postern.gate.Caller;
import java.util.List;

/** A caller's claim as the text of a header. */
final class ClaimText {
    private ClaimText() {}

    /** @param claim its name or dotted path, as settings and rules write it; several values are joined by commas */
    static String of(Caller caller, String claim) {
        return switch (claim) {
            case "sub", "user" -> caller.subject();
            case "email" -> caller.email();
            case "preferred_username" -> caller.preferredUsername();
            case "groups" -> joined(caller.groups());
            default -> joined(caller.claim(claim));
        };
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
