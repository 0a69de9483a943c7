package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.postern.config.AudienceSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which logout tokens count (Back-Channel Logout 1.0, 2.4 and 2.6). */
final class LogoutTokensTest {
    static final String ISSUER = "https://issuer.example/realms/x/";
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final ECKey KEY = key();
    private static final ECKey OTHER = key();
    private static final Supplier<Signing> SIGNING = () -> new Signing(
            (selector, context) -> selector.select(new JWKSet(KEY.toPublicJWK())), Set.of(JWSAlgorithm.ES256));

    @Test
    void namesTheSessionThatIsOver() {
        var token = good(claims -> claims);
        assertThat(token.key().text()).isEqualTo("sid:provider's session");
        assertThat(token.sub()).hasValue("alice");
    }

    @Test
    void namesTheUserWhereNoSessionIsNamed() {
        assertThat(good(claims -> claims.claim("sid", null)).key().text()).isEqualTo("sub:alice");
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                claims("no sub", claims -> claims.subject(null)),
                claims("an audience among others", claims -> claims.audience(List.of("other", "us"))),
                claims("claims nobody knows", claims -> claims.claim("ignored_claim", Map.of("a", List.of(1)))),
                claims("a clock that is 50 s ahead", claims -> claims.issueTime(at(50))),
                claims("expired 50 s ago by our clock", claims -> claims.expirationTime(at(-50))),
                claims("an event with members", claims -> claims.claim("events", Map.of(EVENT, Map.of("a", 1)))),
                claims("events besides", claims -> claims.claim("events", Map.of(EVENT, Map.of(), "urn:x", Map.of()))),
                claims("an expiry far away", claims -> claims.expirationTime(at(100_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepted(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        assertThat(tokens().read(token(change)).token()).as(what).isPresent();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refusal("its iss is", claims -> claims.issuer("https://issuer.example/realms/x")),
                refusal("its iss is", claims -> claims.issuer(null)),
                refusal("it is meant for", claims -> claims.audience("other")),
                refusal("it is meant for", claims -> claims.audience(List.of())),
                refusal("it has a nonce", claims -> claims.claim("nonce", "n")),
                refusal("it has a nonce", claims -> claims.claim("nonce", "")),
                refusal("its events", claims -> claims.claim("events", null)),
                refusal("its events", claims -> claims.claim("events", EVENT)),
                refusal("its events", claims -> claims.claim("events", List.of(EVENT))),
                refusal("its events", claims -> claims.claim("events", Map.of(EVENT + "x", Map.of()))),
                refusal("its events", claims -> claims.claim("events", Map.of(EVENT, "yes"))),
                refusal("it has no jti", claims -> claims.jwtID(null)),
                refusal("it has no jti", claims -> claims.jwtID(" ")),
                refusal("it has no jti", claims -> claims.jwtID("j".repeat(256))),
                refusal("it has no iat", claims -> claims.issueTime(null)),
                refusal("issued in the future", claims -> claims.issueTime(at(70))),
                refusal("it is too old", claims -> claims.issueTime(at(-670)).expirationTime(at(1000))),
                refusal("it has no exp", claims -> claims.expirationTime(null)),
                refusal("it has expired", claims -> claims.expirationTime(at(-70))),
                refusal("it is not valid yet", claims -> claims.notBeforeTime(at(70))),
                refusal("its sid is no name", claims -> claims.claim("sid", 17)),
                refusal("its sid is no name", claims -> claims.claim("sid", "")),
                refusal("its sub is no name", claims -> claims.claim("sub", " ")),
                refusal("neither sid nor sub", claims -> claims.subject(null).claim("sid", null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
        assertRefused(token(change), why);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void refusesWhatIsNoSignedToken(String text) {
        assertRefused(text, "it is no signed JWT");
    }

    static Stream<String> texts() {
        String good = token(claims -> claims);
        return Stream.of(
                "",
                "abc",
                "a.b.c",
                good.substring(good.indexOf('.')),
                new PlainJWT(good(UnaryOperator.identity(), new JWTClaimsSet.Builder())).serialize());
    }

    @Test
    void refusesASharedSecretAndNamesTheAlgorithm() throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(claims -> claims));
        jwt.sign(new MACSigner(new byte[32]));
        assertRefused(jwt.serialize(), "it is signed with HS256, accepted are ES256");
    }

    @Test
    void refusesAKeyThatIsNotTheProviders() {
        String forged = sign(OTHER, KEY.getKeyID(), JOSEObjectType.JWT, claims(claims -> claims));
        assertRefused(forged, "it is not signed by a key of the provider");
        String unknown = sign(OTHER, OTHER.getKeyID(), JOSEObjectType.JWT, claims(claims -> claims));
        assertRefused(unknown, "it is not signed by a key of the provider");
    }

    @ParameterizedTest
    @MethodSource("types")
    void looksAtTheType(String type, boolean accepted) {
        var given = type.isEmpty() ? null : new JOSEObjectType(type);
        String token = sign(KEY, KEY.getKeyID(), given, claims(claims -> claims));
        assertThat(tokens().read(token).token().isPresent()).isEqualTo(accepted);
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("logout+jwt", true),
                Arguments.of("Logout+JWT", true),
                Arguments.of("application/logout+jwt", true),
                Arguments.of("JWT", true),
                Arguments.of("", true),
                Arguments.of("at+jwt", false),
                Arguments.of("secevent+jwt", false));
    }

    @Test
    void eachTokenCountsOnce() {
        var tokens = tokens();
        var token = tokens.read(token(claims -> claims)).token().orElseThrow();
        assertThat(tokens.claim(token)).isTrue();
        assertThat(tokens.claim(token)).isFalse();
        tokens.release(token);
        assertThat(tokens.claim(token)).isTrue();
    }

    @Test
    void cannotTellWithoutTheProvider() {
        var unknown = tokens(() -> {
            throw new LoginFailed(Reason.NOT_READY, "not asked yet");
        });
        assertUndecided(unknown, "not asked yet");
        var keyless = tokens(() -> new Signing(
                (selector, context) -> {
                    throw new KeySourceException("away");
                },
                Set.of(JWSAlgorithm.ES256)));
        assertUndecided(keyless, "the provider's keys cannot be had: away");
    }

    @Test
    void looksForNoKeysWhereTheClaimsAreWrong() {
        var looks = new AtomicInteger();
        var tokens = tokens(() -> new Signing(
                (selector, context) -> {
                    looks.incrementAndGet();
                    return List.of();
                },
                Set.of(JWSAlgorithm.ES256)));
        tokens.read(token(claims -> claims.audience("other")));
        assertThat(looks).hasValue(0);
        tokens.read(token(claims -> claims));
        assertThat(looks).hasValue(1);
    }

    private static void assertRefused(String token, String why) {
        var reading = tokens().read(token);
        assertThat(reading.token()).isEmpty();
        assertThat(reading.otherwise())
                .isInstanceOfSatisfying(
                        LogoutVerdict.Refused.class,
                        refused -> assertThat(refused.why()).contains(why));
    }

    private static void assertUndecided(LogoutTokens tokens, String why) {
        var reading = tokens.read(token(claims -> claims));
        assertThat(reading.token()).isEmpty();
        assertThat(reading.otherwise()).isEqualTo(new LogoutVerdict.Undecided(why));
    }

    private static LogoutToken good(UnaryOperator<JWTClaimsSet.Builder> change) {
        return tokens().read(token(change)).token().orElseThrow();
    }

    static LogoutTokens tokens() {
        return tokens(SIGNING);
    }

    private static LogoutTokens tokens(Supplier<Signing> signing) {
        var audiences = new Audiences("us", new AudienceSettings(List.of("aud"), List.of()));
        return new LogoutTokens(new LogoutTokens.Trust(ISSUER::equals, audiences, signing), InstantSource.fixed(NOW));
    }

    /** A good token, changed. */
    static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(KEY, KEY.getKeyID(), new JOSEObjectType("logout+jwt"), claims(change));
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return good(change, new JWTClaimsSet.Builder());
    }

    private static JWTClaimsSet good(UnaryOperator<JWTClaimsSet.Builder> change, JWTClaimsSet.Builder claims) {
        claims.issuer(ISSUER)
                .audience("us")
                .subject("alice")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(at(0))
                .expirationTime(at(120))
                .claim("sid", "provider's session")
                .claim("events", Map.of(EVENT, Map.of()));
        return change.apply(claims).build();
    }

    private static String sign(ECKey key, String kid, JOSEObjectType type, JWTClaimsSet claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).type(type);
            var jwt = new SignedJWT(header.build(), claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Date at(long seconds) {
        return Date.from(NOW.plusSeconds(seconds));
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

    private static Arguments claims(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    private static Arguments refusal(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(why, change);
    }
}
