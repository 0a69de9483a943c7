package io.github.postern.gate;

import io.github.postern.config.Level;
import io.github.postern.config.ProviderSettings;
import java.net.URI;

/**
 * The {@code WWW-Authenticate} of bearer tokens (RFC 6750, 3). Nothing of a token ever stands in it.
 *
 * @param realm where tokens come from: the issuer, an address without quotation marks
 */
public record BearerChallenge(String realm) {
    /** The error of a sign-in that was too weak or too long ago. RFC 9470, 3 */
    public static final String INSUFFICIENT_LEVEL = "insufficient_user_authentication";

    /** The challenge of this provider's tokens. */
    public static BearerChallenge of(ProviderSettings provider) {
        return new BearerChallenge(URI.create(provider.issuer()).toASCIIString());
    }

    /** To whoever sent no token: no error, because there is none. */
    public String bare() {
        return "Bearer realm=\"" + realm + "\"";
    }

    /** To whoever sent a good token of somebody who may not pass. */
    public String insufficient() {
        return of("insufficient_scope", "the user of the token may not pass");
    }

    /** To whoever is signed in, but not at this level (RFC 9470, 3). */
    public static String insufficient(Level level) {
        String acr = level.acr().isEmpty() ? "" : ", acr_values=\"" + level.acrValues() + "\"";
        String age = level.maxAge().isEmpty() ? "" : ", max_age=\"" + level.maxAgeSeconds() + "\"";
        return "Bearer error=\"" + INSUFFICIENT_LEVEL + "\"" + acr + age;
    }

    /**
     * @param error a code of RFC 6750, 3.1
     * @param description plain letters
     */
    String of(String error, String description) {
        return bare() + ", error=\"" + error + "\", error_description=\"" + description + "\"";
    }
}
