package io.github.postern.gate;

import java.util.List;

/** A caller's claims by name: those that every session has, and those that it keeps because something asks for them. */
public final class ClaimValues {
    private ClaimValues() {}

    /** The values of a claim; empty when the provider sent none, or the session is older than who asks for it. */
    public static List<String> of(Caller caller, String claim) {
        return switch (claim) {
            case "sub" -> one(caller.subject());
            case "email" -> one(caller.email());
            case "preferred_username" -> one(caller.preferredUsername());
            case "groups" -> caller.groups();
            default -> caller.claim(claim);
        };
    }

    private static List<String> one(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }
}
