package io.github.postern.login;

import org.pac4j.oidc.profile.OidcProfile;

/** What became of a bearer token. */
public sealed interface TokenVerdict {
    /**
     * It is good.
     *
     * @param profile whom it stands for; {@code iat} and {@code exp} are the token's own. Shared between requests: only to be read
     */
    record Accepted(OidcProfile profile) implements TokenVerdict {
        @Override
        public String toString() {
            return "accepted"; // the profile may hold the token
        }
    }

    /**
     * It is not.
     *
     * @param why a phrase in plain letters that holds nothing of the token (RFC 6750, 3: {@code error_description})
     */
    record Refused(String why) implements TokenVerdict {}
}
