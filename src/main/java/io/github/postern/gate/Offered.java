package io.github.postern.gate;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * A session whose new cookie goes with the answer; whether it reaches the browser is up to the proxy.
 *
 * @param session its id
 * @param sent the version of it that the browser has sent
 * @param version the version that is offered; the same where the cookie is new and the session is not
 */
public record Offered(String session, String sent, String version) {
    private static final String SET_COOKIE = "Set-Cookie";
    private static final String DELETED = "; Max-Age=0;";

    /** @param current the session from now on */
    static Optional<Offered> by(HttpServletResponse response, OidcProfile sent, OidcProfile current) {
        return response.containsHeader(SET_COOKIE)
                        && response.getHeaders(SET_COOKIE).stream().anyMatch(cookie -> !cookie.contains(DELETED))
                ? Optional.of(new Offered(
                        String.valueOf(current.getAttribute(JwtClaims.JWT_ID)), version(sent), version(current)))
                : Optional.empty();
    }

    private static String version(OidcProfile session) {
        return session.getAttribute(OidcProfileDefinition.UPDATED_AT) + " " + session.getAttribute("seen");
    }

    @Override
    public String toString() {
        return "Offered[" + version + "]";
    }
}
