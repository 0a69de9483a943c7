package io.github.postern.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.postern.config.ProviderSettings;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Judges logout tokens (Back-Channel Logout 1.0, 2.6) by the keys, algorithms, issuer and audience that ID tokens are judged by.
 * Each counts once; what is remembered of those that counted is bounded in number and time.
 */
final class LogoutTokens {
    private static final int MOST_REMEMBERED = 100_000;

    /** Strangers may make us look for keys; the provider may hang then, and requests with it. */
    private static final int MOST_AT_ONCE = 8;

    private final Trust trust;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Cache<String, LogoutToken> used;

    LogoutTokens(Trust trust, InstantSource clock) {
        this.trust = trust;
        this.clock = clock;
        this.used = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfter(Expiry.creating((String id, LogoutToken token) -> remaining(token)))
                .build();
    }

    /**
     * Whom we believe.
     *
     * @param issuer whether a token may name this issuer
     * @param audiences whom it must be meant for
     * @param signing with what it must be signed; throws {@link LoginFailed} as long as that is not known
     */
    record Trust(Predicate<String> issuer, Audiences audiences, Supplier<Signing> signing) {
        static Trust of(ProviderSettings settings, ProviderMetadata provider) {
            boolean anyIssuer = settings.idTokens().anyIssuer();
            return new Trust(
                    issuer -> anyIssuer || settings.issuer().equals(issuer),
                    new Audiences(settings.clientId(), settings.audiences()),
                    () -> provider.tokens().signing());
        }
    }

    /** What a token says, or why it does not count. */
    record Reading(Optional<LogoutToken> token, LogoutVerdict otherwise) {
        private static Reading of(LogoutToken token) {
            return new Reading(Optional.of(token), new LogoutVerdict.Refused("it was used before"));
        }

        private static Reading refused(String why) {
            return new Reading(Optional.empty(), new LogoutVerdict.Refused(why));
        }

        private static Reading undecided(String why) {
            return new Reading(Optional.empty(), new LogoutVerdict.Undecided(why));
        }
    }

    /** @param text what was sent as a token */
    Reading read(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Signing signing = trust.signing().get();
            return complaint(jwt, claims, signing)
                    .map(Reading::refused)
                    .orElseGet(() -> verified(jwt, claims, signing));
        } catch (ParseException | IllegalArgumentException e) {
            return Reading.refused("it is no signed JWT");
        } catch (LoginFailed e) {
            return Reading.undecided(String.valueOf(e.getMessage()));
        }
    }

    /** What can be said against it without its signature, which costs most. */
    private Optional<String> complaint(SignedJWT jwt, JWTClaimsSet claims, Signing signing) {
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        if (!signing.algorithms().contains(algorithm)) {
            return Optional.of("it is signed with " + algorithm + ", accepted are " + names(signing)
                    + ": what the provider offers and oidc-enabled-signing-alg allows");
        }
        if (!trust.issuer().test(String.valueOf(claims.getIssuer()))) {
            return Optional.of("its iss is " + claims.getIssuer());
        }
        if (!trust.audiences().accept(claims)) {
            return Optional.of("it is meant for " + claims.getAudience());
        }
        return LogoutRules.complaint(jwt.getHeader(), claims, clock.instant());
    }

    private static String names(Signing signing) {
        return signing.algorithms().stream().map(JWSAlgorithm::getName).sorted().collect(Collectors.joining(", "));
    }

    private Reading verified(SignedJWT jwt, JWTClaimsSet claims, Signing signing) {
        if (!places.tryAcquire()) {
            return Reading.undecided("too many logout tokens at once");
        }
        try {
            SignatureCheck.ofAny(signing).verify(jwt); // of its type LogoutRules judged
            return Reading.of(LogoutToken.of(claims));
        } catch (KeySourceException e) {
            return Reading.undecided("the provider's keys cannot be had: " + e.getMessage());
        } catch (BadJOSEException | JOSEException e) {
            return Reading.refused("it is not signed by a key of the provider");
        } finally {
            places.release();
        }
    }

    /** Whether this call, and no other, may act on the token. */
    boolean claim(LogoutToken token) {
        return used.asMap().putIfAbsent(token.id(), token) == null;
    }

    /** What the token asked for was not done: it may be sent again. */
    void release(LogoutToken token) {
        used.invalidate(token.id());
    }

    private Duration remaining(LogoutToken token) {
        Duration left = Duration.between(clock.instant(), token.until());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
