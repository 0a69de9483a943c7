package io.github.postern.gate;

import java.util.List;
import java.util.Optional;

/** A caller's claims by name: those that every session has, and those that it keeps because something asks for them. */
public final class ClaimValues {
    private ClaimValues() {}

    /** The values of a claim; empty when the provider sent none, or the session is older than who asks for it. */
    public static List<String> of(Caller caller, String claim) {
        Optional<String> only = only(caller, claim);
        if (only.isPresent()) {
            return only.get().isEmpty() ? List.of() : List.of(only.get());
        }
        return claim.equals("groups") ? caller.groups() : caller.claim(claim);
    }

    /** The value of a claim that has one at most, empty when the provider sent none; nothing for every other claim. */
    public static Optional<String> only(Caller caller, String claim) {
        return switch (claim) {
            case "sub" -> Optional.of(caller.subject());
            case "email" -> Optional.of(caller.email());
            case "preferred_username" -> Optional.of(caller.preferredUsername());
            default -> Optional.empty();
        };
    }
}
