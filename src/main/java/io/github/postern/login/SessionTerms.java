package io.github.postern.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * How long sessions last and which tokens they keep.
 *
 * <p>In the profile: {@code iat} signed in at, {@code exp} ends at (0: with the browser), {@code updated_at} tokens
 * renewed at, all in epoch seconds; {@code jti} the session's own id; and {@link TokenFacts}.
 *
 * @param lifetime how long a session lasts; zero means as long as the browser
 * @param refreshAfter age at which tokens are renewed; zero means never
 * @param keepAccessToken whether a header needs the access token
 * @param keepIdToken whether a header needs the ID token
 * @param keepHint whether the ID token is kept for the sign-out
 */
public record SessionTerms(
        Duration lifetime, Duration refreshAfter, boolean keepAccessToken, boolean keepIdToken, boolean keepHint) {
    /** Tokens that apps are handed are renewed this long before they expire. */
    private static final Duration AHEAD = Duration.ofSeconds(30);

    /** Dates a profile that was just signed in or renewed, and drops the tokens nobody will need. */
    void apply(OidcProfile profile, String sessionId, Instant signedIn, InstantSource clock) {
        Instant now = clock.instant();
        long ends = lifetime.isZero() ? 0 : now.plus(lifetime).getEpochSecond();
        profile.addAttribute(JwtClaims.ISSUED_AT, signedIn.getEpochSecond());
        profile.addAttribute(JwtClaims.EXPIRATION_TIME, ends);
        profile.addAttribute(OidcProfileDefinition.UPDATED_AT, now.getEpochSecond());
        profile.addAttribute(JwtClaims.JWT_ID, sessionId);
        TokenFacts.settle(profile, this, now);
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

    /** Whether the tokens are old enough to be renewed, or will expire in an app's hands, and can be renewed. */
    boolean due(OidcProfile profile, Instant now) {
        return !refreshAfter.isZero()
                && profile.getAttribute(OidcProfileDefinition.REFRESH_TOKEN) != null
                && (renewedAt(profile).plus(refreshAfter).isBefore(now) || tokensEnd(profile, now));
    }

    /** Tokens that last less than a minute are renewed at half their time, or they would be at every request. */
    private static boolean tokensEnd(OidcProfile profile, Instant now) {
        Instant end = at(profile, TokenFacts.TOKENS_END);
        if (end.equals(Instant.EPOCH)) {
            return false;
        }
        Duration half = Duration.between(renewedAt(profile), end).dividedBy(2);
        return !now.isBefore(end.minus(half.compareTo(AHEAD) < 0 ? half : AHEAD));
    }

    /** Whether the one was renewed after the other, which is the same session. */
    static boolean isNewer(OidcProfile one, OidcProfile other) {
        return renewedAt(one).isAfter(renewedAt(other));
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
        return Instant.ofEpochSecond(TokenFacts.number(profile, attribute));
    }
}
