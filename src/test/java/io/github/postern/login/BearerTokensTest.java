package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.postern.config.AudienceSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.pac4j.oidc.profile.OidcProfile;

final class BearerTokensTest {
    private static final String ISSUER = "https://issuer.example";
    private static final ECKey KEY = key();
    private static final ECKey OTHER = key();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicReference<List<JWK>> published = new AtomicReference<>(List.of(KEY.toPublicJWK()));
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Set<String>> kept = new AtomicReference<>(Set.of());

    @Test
    void aGoodTokenIsItsUser() {
        try (var tokens = tokens()) {
            OidcProfile profile = accepted(tokens.check(token(KEY, claims -> {})));
            assertThat(profile.getId()).isEqualTo("s");
            assertThat(profile.getAttribute("email")).isEqualTo("s@a.b");
            assertThat(profile.getAttribute("groups")).isEqualTo(List.of("g"));
            assertThat(profile.getAttribute("exp"))
                    .isEqualTo(now.get().plusSeconds(300).getEpochSecond());
            assertThat(profile.getAttribute("access_token")).isNull();
            assertThat(profile.getAttribute("id_token")).isNull();
        }
    }

    @Test
    void aRememberedTokenEndsWithItsTime() {
        try (var tokens = tokens()) {
            String token = token(KEY, claims -> {});
            var first = tokens.check(token);
            assertThat(tokens.check(token)).isSameAs(first);
            now.set(now.get().plusSeconds(299));
            assertThat(tokens.check(token)).isSameAs(first);
            now.set(now.get().plusSeconds(1));
            assertThat(refused(tokens.check(token))).isEqualTo("the token has expired");
        }
    }

    @Test
    void aRememberedTokenIsReadAnewWhenAnotherClaimIsAskedFor() {
        try (var tokens = tokens()) {
            String token = token(KEY, claims -> claims.claim("team", "ml"));
            assertThat(accepted(tokens.check(token)).getAttribute("claims")).isNull();
            kept.set(Set.of("team"));
            assertThat(accepted(tokens.check(token)).getAttribute("claims")).isEqualTo(Map.of("team", List.of("ml")));
        }
    }

    @Test
    void keysWithoutIdFitTokensThatNameOne() {
        published.set(List.of(new ECKey.Builder(KEY.toPublicJWK()).keyID(null).build()));
        try (var tokens = tokens()) {
            accepted(tokens.check(token(KEY, claims -> {})));
            assertThat(tokens.check(token(OTHER, claims -> {}))).isInstanceOf(TokenVerdict.Refused.class);
        }
    }

    @Test
    void aRememberedTokenEndsWithTheKeyThatSignedIt() {
        try (var tokens = tokens()) {
            String old = token(KEY, claims -> {});
            accepted(tokens.check(old));
            published.set(List.of(OTHER.toPublicJWK()));
            now.set(now.get().plusSeconds(11));
            accepted(tokens.check(token(OTHER, claims -> {})));
            assertThat(refused(tokens.check(old))).contains("not signed by a known key");
        }
    }

    @Test
    void anUnknownKeyIsLookedForOnceInAWhile() {
        try (var tokens = tokens()) {
            accepted(tokens.check(token(KEY, claims -> {})));
            int before = looks.get();
            now.set(now.get().plusSeconds(11));
            for (int i = 0; i < 50; i++) {
                refused(tokens.check(token(OTHER, claims -> {})));
            }
            assertThat(looks.get() - before).isEqualTo(1);
        }
    }

    @Test
    void anIssuerThatHangsIsWaitedForAMomentOnly() {
        var hanging = new CountDownLatch(1);
        try (var tokens = tokens(() -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("it hangs");
        })) {
            long began = System.nanoTime();
            refused(tokens.check(token(KEY, claims -> {})));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void whereOneIssuerHasSeveralAudiencesTheFittingOneCounts() {
        try (var tokens = tokens()) {
            accepted(tokens.check(token(KEY, claims -> claims.audience("api"))));
            assertThat(refused(tokens.check(token(KEY, claims -> claims.audience("them")))))
                    .isEqualTo("the token is meant for another audience");
        }
    }

    @Test
    void aSignatureInDerIsNoSignature() throws JOSEException {
        String token = token(KEY, claims -> {});
        int end = token.lastIndexOf('.') + 1;
        byte[] der = ECDSA.transcodeSignatureToDER(new Base64URL(token.substring(end)).decode());
        try (var tokens = tokens()) {
            assertThat(refused(tokens.check(token.substring(0, end) + Base64URL.encode(der))))
                    .contains("not signed by a known key");
        }
    }

    private BearerTokens tokens() {
        return tokens(() -> {
            looks.incrementAndGet();
            return new Signing(
                    (selector, context) -> selector.select(new JWKSet(published.get())), TokenKeys.ASYMMETRIC);
        });
    }

    private BearerTokens tokens(TokenKeys.Source source) {
        var background = TokenIssuers.background(1);
        var issuers = List.of(issuer("us", source, background), issuer("api", source, background));
        var terms = new SessionTerms(Duration.ofHours(1), Duration.ZERO, false, false, true);
        return new BearerTokens(new TokenIssuers(issuers, background), terms, now::get);
    }

    private TokenIssuer issuer(String audience, TokenKeys.Source source, ScheduledExecutorService background) {
        return new TokenIssuer(
                ISSUER,
                new Audiences(audience, new AudienceSettings(List.of("aud"), List.of())),
                new TokenKeys(ISSUER, source, background, now::get),
                new Profiles(Profiles.Names.STANDARD, kept::get),
                false);
    }

    private String token(ECKey key, Consumer<JWTClaimsSet.Builder> change) {
        try {
            var claims = new JWTClaimsSet.Builder()
                    .issuer(ISSUER)
                    .audience("us")
                    .subject("s")
                    .claim("email", "s@a.b")
                    .claim("groups", List.of("g"))
                    .jwtID(UUID.randomUUID().toString())
                    .expirationTime(Date.from(now.get().plusSeconds(300)));
            change.accept(claims);
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OidcProfile accepted(TokenVerdict verdict) {
        assertThat(verdict).isInstanceOf(TokenVerdict.Accepted.class);
        return ((TokenVerdict.Accepted) verdict).profile();
    }

    private static String refused(TokenVerdict verdict) {
        assertThat(verdict).isInstanceOf(TokenVerdict.Refused.class);
        return ((TokenVerdict.Refused) verdict).why();
    }
}
