package io.github.postern.login;

import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * What a session keeps of its tokens so that renewed ones can be held against it (OpenID Connect Core 12.2), and so that they are
 * renewed before they expire.
 */
final class TokenFacts {
    /** A digest of the sign-in's {@code nonce}; the nonce itself is of no further use. */
    static final String NONCE_DIGEST = "nonce_digest";

    static final String AUTH_TIME = "auth_time";

    /** When the first of the tokens that apps are handed expires. */
    static final String TOKENS_END = "tokens_end";

    private static final String ACCESS_LIFETIME = "access_lifetime";
    private static final String ID_TOKEN_END = "id_token_end";
    private static final String SID = "sid";
    private static final int DIGEST_BYTES = 12;

    private TokenFacts() {}

    /** Takes down what the ID token says. */
    static void note(OidcProfile profile, IDTokenClaimsSet idToken) {
        if (idToken.getNonce() != null) {
            profile.addAttribute(NONCE_DIGEST, digest(idToken.getNonce().getValue()));
        }
        if (idToken.getAuthenticationTime() != null) {
            profile.addAttribute(
                    AUTH_TIME, idToken.getAuthenticationTime().toInstant().getEpochSecond());
        }
        profile.addAttribute(
                ID_TOKEN_END, idToken.getExpirationTime().toInstant().getEpochSecond());
    }

    /** Takes down how long the access token lasts, if that was told (RFC 6749, 5.1). */
    static void note(OidcProfile profile, @Nullable AccessToken token) {
        if (token != null && token.getLifetime() > 0) {
            profile.addAttribute(ACCESS_LIFETIME, token.getLifetime());
        }
    }

    /** Of what was taken down, keeps what the session's terms ask for. */
    static void settle(OidcProfile profile, SessionTerms terms, Instant now) {
        long access = number(profile, ACCESS_LIFETIME);
        long accessEnds = terms.keepAccessToken() && access > 0 ? now.getEpochSecond() + access : Long.MAX_VALUE;
        long idToken = number(profile, ID_TOKEN_END);
        long idTokenEnds = terms.keepIdToken() && idToken > 0 ? idToken : Long.MAX_VALUE;
        long ends = Math.min(accessEnds, idTokenEnds);
        List.of(ACCESS_LIFETIME, ID_TOKEN_END, TOKENS_END).forEach(profile::removeAttribute);
        if (terms.refreshAfter().isZero()) {
            List.of(NONCE_DIGEST, AUTH_TIME).forEach(profile::removeAttribute);
        } else if (ends != Long.MAX_VALUE) {
            profile.addAttribute(TOKENS_END, ends);
        }
    }

    /**
     * Renewed tokens must belong to the same sign-in; where they do not say, what is known of it stays.
     *
     * @throws LoginFailed when they belong to another
     */
    static void hold(OidcProfile old, OidcProfile fresh) {
        Object nonce = old.getAttribute(NONCE_DIGEST);
        Object freshNonce = fresh.getAttribute(NONCE_DIGEST);
        if (nonce != null && freshNonce != null && !nonce.equals(freshNonce)) {
            throw new LoginFailed(Reason.TOKEN_INVALID, "the renewed ID token has another nonce than the sign-in's");
        }
        long authTime = number(old, AUTH_TIME);
        long freshAuthTime = number(fresh, AUTH_TIME);
        if (authTime != 0 && freshAuthTime != 0 && authTime != freshAuthTime && !isAnew(old, fresh)) {
            throw new LoginFailed(
                    Reason.TOKEN_INVALID, "the renewed ID token has another auth_time than the sign-in's");
        }
        for (String fact : List.of(NONCE_DIGEST, AUTH_TIME, SID)) { // without sid no logout token would find it
            Object known = old.getAttribute(fact);
            if (known != null && fresh.getAttribute(fact) == null) {
                fresh.addAttribute(fact, known);
            }
        }
    }

    /** Keycloak's {@code auth_time} moves on when the same user types the password once more in the same session there. */
    private static boolean isAnew(OidcProfile old, OidcProfile fresh) {
        return number(fresh, AUTH_TIME) > number(old, AUTH_TIME)
                && old.getAttribute(SID) != null
                && old.getAttribute(SID).equals(fresh.getAttribute(SID));
    }

    static long number(OidcProfile profile, String attribute) {
        return Optional.ofNullable(profile.getAttribute(attribute))
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).longValue())
                .orElse(0L);
    }

    private static String digest(String nonce) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(nonce.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
