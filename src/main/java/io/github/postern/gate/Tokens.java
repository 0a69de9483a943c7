package io.github.postern.gate;

import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * The tokens a session kept because a header needs them. Does not print.
 *
 * @param access the access token, or empty
 * @param id the ID token, or empty
 */
public record Tokens(String access, String id) {
    /** No tokens. */
    public static final Tokens NONE = new Tokens("", "");

    static Tokens of(OidcProfile profile) {
        Object access = profile.getAttribute(OidcProfileDefinition.ACCESS_TOKEN);
        Object id = profile.getAttribute(OidcProfileDefinition.ID_TOKEN);
        return access == null && id == null
                ? NONE
                : new Tokens(access instanceof String text ? text : "", id instanceof String text ? text : "");
    }

    @Override
    public String toString() {
        return "***";
    }
}
