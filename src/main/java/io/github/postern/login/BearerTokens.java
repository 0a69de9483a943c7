package io.github.postern.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * Judges JWTs that programs present in place of a session (RFC 6750), by what is known here: nobody is asked about a token. One
 * that was good is remembered until it expires or its issuer's keys change.
 */
public final class BearerTokens implements AutoCloseable {
    /** The longest token that is looked at. */
    public static final int LONGEST = 8 * 1024;

    private static final int MOST_REMEMBERED_CHARACTERS = 16 * 1024 * 1024;
    private static final Duration REMEMBERED_AT_MOST = Duration.ofHours(1);
    private final TokenIssuers issuers;
    private final SessionTerms terms;
    private final InstantSource clock;
    private final Cache<Fingerprint, Verified> remembered = Caffeine.newBuilder()
            .maximumWeight(MOST_REMEMBERED_CHARACTERS)
            .weigher((Fingerprint print, Verified token) -> token.length())
            .expireAfter(Expiry.creating((Fingerprint print, Verified token) -> token.lasts()))
            .build();

    /**
     * @param issuers whose tokens count; closed with this
     * @param terms which tokens headers need
     */
    BearerTokens(TokenIssuers issuers, SessionTerms terms, InstantSource clock) {
        this.issuers = issuers;
        this.terms = terms;
        this.clock = clock;
    }

    /** A token in the memory: its SHA-256, so that the memory holds no tokens. */
    private record Fingerprint(long a, long b, long c, long d) {
        static Fingerprint of(String token) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1));
                var longs = ByteBuffer.wrap(hash);
                return new Fingerprint(longs.getLong(), longs.getLong(), longs.getLong(), longs.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    private record Verified(
            TokenVerdict.Accepted verdict,
            TokenIssuer issuer,
            TokenKeys.Known keys,
            Set<String> claims,
            Instant until,
            Duration lasts,
            int length) {
        /** Whether what made it good still holds. */
        boolean stands(Instant now) {
            return now.isBefore(until)
                    && issuer.keys().known().equals(keys)
                    && issuer.profiles().keptClaims().equals(claims);
        }
    }

    /** @param token at most {@link #LONGEST} characters of ASCII in the shape of a JWT */
    public TokenVerdict check(String token) {
        var print = Fingerprint.of(token);
        Verified known = remembered.getIfPresent(print);
        if (known != null && known.stands(clock.instant())) {
            return known.verdict();
        }
        return verify(print, token);
    }

    private TokenVerdict verify(Fingerprint print, String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Optional<String> complaint = BearerRules.complaint(jwt.getHeader(), claims, clock.instant());
            if (complaint.isPresent()) {
                return new TokenVerdict.Refused(complaint.get());
            }
            return verify(print, token, jwt, claims);
        } catch (ParseException | IllegalArgumentException e) {
            return new TokenVerdict.Refused("the token is no signed JWT");
        } catch (BadJOSEException | JOSEException e) {
            return new TokenVerdict.Refused("the token is not signed by a known key of its issuer");
        } catch (LoginFailed e) {
            return new TokenVerdict.Refused(words(e.reason()));
        }
    }

    private TokenVerdict verify(Fingerprint print, String token, SignedJWT jwt, JWTClaimsSet claims)
            throws BadJOSEException, JOSEException {
        List<TokenIssuer> candidates = issuers.of(claims);
        Optional<TokenIssuer> issuer = candidates.stream()
                .filter(candidate -> candidate.meansUs(claims))
                .findFirst();
        if (issuer.isEmpty()) {
            return new TokenVerdict.Refused(
                    candidates.isEmpty()
                            ? "the issuer of the token is not trusted"
                            : "the token is meant for another audience");
        }
        TokenKeys.Known keys = issuer.get().verify(jwt);
        Set<String> claimsNow = Set.copyOf(issuer.get().profiles().keptClaims());
        var accepted = new TokenVerdict.Accepted(withTokens(issuer.get().profile(claims), token));
        Instant until = claims.getExpirationTime().toInstant();
        remembered.put(
                print, new Verified(accepted, issuer.get(), keys, claimsNow, until, lasts(until), token.length()));
        return accepted;
    }

    private Duration lasts(Instant until) {
        Instant now = clock.instant();
        if (!until.isAfter(now)) {
            return Duration.ZERO;
        }
        return until.isBefore(now.plus(REMEMBERED_AT_MOST)) ? Duration.between(now, until) : REMEMBERED_AT_MOST;
    }

    /** Headers hand on the token as it came, in place of those of a session. */
    private OidcProfile withTokens(OidcProfile profile, String token) {
        if (terms.keepAccessToken()) {
            profile.addAttribute(OidcProfileDefinition.ACCESS_TOKEN, token);
        }
        if (terms.keepIdToken()) {
            profile.addAttribute(OidcProfileDefinition.ID_TOKEN, token);
        }
        return profile;
    }

    @Override
    public void close() {
        issuers.close();
    }

    private static String words(Reason reason) {
        return switch (reason) {
            case EMAIL_UNVERIFIED -> "the e-mail address in the token is not verified";
            case SESSION_TOO_LARGE -> "the token has more groups than headers can carry";
            default -> "the token names its subject in letters that no header can carry";
        };
    }
}
