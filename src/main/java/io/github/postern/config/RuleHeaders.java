package io.github.postern.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds headers of access rules that apps take for another one: most do not tell {@code X_Team} from {@code X-Team}, so the empty one
 * could hide the other, or a client's own pass for it. Case does not count: HTTP itself does not tell it apart.
 */
final class RuleHeaders {
    private RuleHeaders() {}

    /** Tells which names of all rules together are one to apps. */
    static void check(RuleBook book, Findings findings) {
        Map<String, String> seen = new HashMap<>();
        for (String name : book.headerNames()) {
            String other = seen.putIfAbsent(HeaderName.folded(name), name);
            if (other != null) {
                findings.mistake("the rules name headers " + Quoted.of(other) + " and " + Quoted.of(name)
                        + ", which are one to apps; write both the same way");
            }
        }
    }

    /** Tells which names are one with what the settings send to every app; the very same name as a claim header's is welcome. */
    static void check(RuleBook book, HeaderSettings settings, Findings findings) {
        for (String name : book.headerNames()) {
            for (String usual : settings.usual().claims().keySet()) {
                if (areOne(name, usual) && !name.equalsIgnoreCase(usual)) {
                    findings.mistake("header " + Quoted.of(name) + " and " + Quoted.of(usual)
                            + " of claim-header are one to apps; write both the same way");
                }
            }
            settings.signed()
                    .filter(signed -> areOne(name, signed.header()))
                    .ifPresent(signed -> findings.mistake("header " + Quoted.of(name) + " is "
                            + Quoted.of(signed.header()) + " of signed-identity-header to apps; choose another name"));
        }
    }

    private static boolean areOne(String name, String other) {
        return HeaderName.folded(name).equals(HeaderName.folded(other));
    }
}
