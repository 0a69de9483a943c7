package io.github.postern.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * How long sessions last and which tokens they keep.
 *
 * <p>In the profile: {@code iat} signed in at, {@code exp} ends at (0: with the browser), {@code updated_at} tokens
 * renewed at, all in epoch seconds; {@code jti} the session's own id.
 *
 * @param lifetime how long a session lasts; zero means as long as the browser
 * @param refreshAfter age at which tokens are renewed; zero means never
 * @param keepAccessToken whether a header needs the access token
 * @param keepIdToken whether a header needs the ID token
 * @param keepHint whether the ID token is kept for the sign-out
 */
public record SessionTerms(
        Duration lifetime, Duration refreshAfter, boolean keepAccessToken, boolean keepIdToken, boolean keepHint) {
    /** Dates a profile that was just signed in or renewed, and drops the tokens nobody will need. */
    void apply(OidcProfile profile, String sessionId, Instant signedIn, InstantSource clock) {
        Instant now = clock.instant();
        long ends = lifetime.isZero() ? 0 : now.plus(lifetime).getEpochSecond();
        profile.addAttribute(JwtClaims.ISSUED_AT, signedIn.getEpochSecond());
        profile.addAttribute(JwtClaims.EXPIRATION_TIME, ends);
        profile.addAttribute(OidcProfileDefinition.UPDATED_AT, now.getEpochSecond());
        profile.addAttribute(JwtClaims.JWT_ID, sessionId);
        if (!keepAccessToken) {
            profile.removeAttribute(OidcProfileDefinition.ACCESS_TOKEN);
        }
        if (refreshAfter.isZero()) {
            profile.removeAttribute(OidcProfileDefinition.REFRESH_TOKEN);
        }
        if (!keepIdToken && !keepHint) {
            profile.removeAttribute(OidcProfileDefinition.ID_TOKEN);
        }
    }

    /** Whether the tokens are old enough to be renewed, and can be. */
    boolean due(OidcProfile profile, InstantSource clock) {
        return !refreshAfter.isZero()
                && profile.getAttribute(OidcProfileDefinition.REFRESH_TOKEN) != null
                && renewedAt(profile).plus(refreshAfter).isBefore(clock.instant());
    }

    static Instant renewedAt(OidcProfile profile) {
        return at(profile, OidcProfileDefinition.UPDATED_AT);
    }

    static Instant signedInAt(OidcProfile profile) {
        return at(profile, JwtClaims.ISSUED_AT);
    }

    static String sessionId(OidcProfile profile) {
        return String.valueOf(profile.getAttribute(JwtClaims.JWT_ID));
    }

    private static Instant at(OidcProfile profile, String attribute) {
        long seconds = Optional.ofNullable(profile.getAttribute(attribute))
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).longValue())
                .orElse(0L);
        return Instant.ofEpochSecond(seconds);
    }
}
