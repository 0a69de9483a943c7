package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Forgery;
import io.github.postern.fakes.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An ID token signs somebody in only if everything about it is right. */
@ExtendWith(Gateways.class)
final class IdTokenIT {
    @Test
    @DisplayName("IDT-01 a broken signature is refused")
    void brokenSignature(Gateway gateway) {
        gateway.keycloak().misbehave().sign(Forgery.brokenSignature());
        refused(gateway);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "nOnE", "NONE"})
    @DisplayName("IDT-02 an unsigned token is refused, however it spells none")
    void unsigned(String alg, Gateway gateway) {
        gateway.keycloak().misbehave().sign(Forgery.unsigned(alg));
        refused(gateway);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RS256 ", "none ", "HS512", "ES256", "x"})
    @DisplayName("IDT-02 beyond: an unsigned token under any other name is refused too")
    void unsignedOtherwise(String alg, Gateway gateway) {
        gateway.providerFails().sign(Forgery.unsigned(alg));
        refusedOrBadGateway(Attempt.of(gateway, "alice").finish());
    }

    static Stream<Arguments> publicSecrets() {
        Function<RSAKey, byte[]> der = key -> publicKey(key);
        Function<RSAKey, byte[]> pem = key -> ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey(key))
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
        Function<RSAKey, byte[]> jwk = key -> key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        Function<RSAKey, byte[]> client = key -> Setup.CLIENT_SECRET.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("DER", der),
                Arguments.of("PEM", pem),
                Arguments.of("JWK", jwk),
                Arguments.of("client secret", client));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("publicSecrets")
    @DisplayName("IDT-04 a public key is no HMAC secret")
    void algorithmConfusion(String form, Function<RSAKey, byte[]> secret, Gateway gateway) {
        gateway.keycloak().misbehave().sign(Forgery.hmac(secret));
        refused(gateway);
    }

    @Test
    @DisplayName("IDT-05 another realm on the same host is another issuer")
    void otherRealm(Gateway gateway) {
        refused(gateway, "iss", gateway.keycloak().issuer().replace("/akko", "/other"));
    }

    @Test
    @DisplayName("IDT-06 the issuer is compared byte for byte")
    void issuerExactly(Gateway gateway) {
        var issuer = gateway.keycloak().issuer();
        refused(gateway, "iss", issuer + "/");
        refused(gateway, "iss", issuer.replace("http://", "HTTP://"));
        refused(gateway, "iss", issuer.replace("127.0.0.1", "127.0.0.1."));
        refused(gateway, "iss", " " + issuer);
        refused(gateway, "iss", List.of(issuer));
    }

    @Test
    @DisplayName("IDT-07 a token for somebody else, or for nobody, is refused")
    void audience(Gateway gateway) {
        refused(gateway, "aud", "other-client");
        refused(gateway, "aud", List.of());
        refused(gateway, "aud", List.of("other-client"));
        refused(gateway, "aud", Setup.CLIENT.toUpperCase(Locale.ROOT));
        refused(gateway, claims -> claims.remove("aud"));
    }

    @Test
    @DisplayName("IDT-07 beyond: a token issued to another client for several audiences is refused")
    void authorizedParty(Gateway gateway) {
        refused(gateway, "azp", "other-client");
        refused(gateway, claims -> {
            claims.put("aud", List.of(Setup.CLIENT, "other-client"));
            claims.put("azp", "other-client");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "iat", "exp", "iss"})
    @DisplayName("IDT-09 a token without a required claim is refused")
    void missingClaims(String claim, Gateway gateway) {
        refused(gateway, claims -> claims.remove(claim));
        refused(gateway, claim, "");
    }

    @Test
    @DisplayName("IDT-10 an expired token is refused")
    void expired(Gateway gateway) {
        gateway.keycloak().misbehave().claims(claims -> claims.put("exp", inSeconds(-10)));
        assertThat(Attempt.of(gateway, "alice").finish().status()).isIn(302, 400, 403);
        refused(gateway, "exp", inSeconds(-600));
        refused(gateway, "exp", -1);
    }

    @Test
    @DisplayName("IDT-11 a token from the future is refused")
    void future(Gateway gateway) {
        refused(gateway, "iat", inSeconds(600));
        refused(gateway, claims -> {
            claims.put("nbf", inSeconds(3600));
            claims.put("exp", inSeconds(7200));
        });
    }

    @Test
    @DisplayName("IDT-12 the nonce of another login, or none, is refused")
    void nonce(Gateway gateway) {
        var other = Attempt.of(gateway, "alice").authorization().get("nonce");
        refused(gateway, "nonce", other);
        refused(gateway, "nonce", "");
        refused(gateway, claims -> claims.remove("nonce"));
    }

    @Test
    @DisplayName("IDT-13 an unknown key costs one look at the key set, and signs nobody in")
    void unknownKey(Gateway gateway) {
        var before = gateway.keycloak().journal().count(Endpoint.KEYS);
        gateway.keycloak().misbehave().sign(Forgery.attacker(keys -> "unknown"));
        Expect.refusedPage(Attempt.of(gateway, "alice").finish());
        assertThat(gateway.keycloak().journal().count(Endpoint.KEYS) - before).isLessThanOrEqualTo(1);
        for (int i = 0; i < 10; i++) {
            gateway.keycloak().misbehave().sign(Forgery.attacker(keys -> "unknown" + keys.hashCode()));
            Expect.refusedPage(Attempt.of(gateway, "alice").finish());
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.KEYS) - before).isLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("IDT-13 beyond: an attacker's key under a known key id is refused")
    void knownKeyId(Gateway gateway) {
        gateway.keycloak()
                .misbehave()
                .sign(Forgery.attacker(keys -> keys.current().getKeyID()));
        refused(gateway);
    }

    @Test
    @DisplayName("IDT-14 a missing key id is fine with one key, and never an error with two")
    void withoutKeyId(Gateway gateway, @In(Setup.ROTATING) Gateway rotating) {
        gateway.keycloak().misbehave().sign(Forgery.withoutKid());
        assertThat(Attempt.of(gateway, "alice").finish().status()).isEqualTo(302);

        rotating.keycloak().keys().add();
        rotating.keycloak().misbehave().sign(Forgery.withoutKid());
        assertThat(Attempt.of(rotating, "alice").finish().status()).isIn(302, 400, 403);
    }

    @Test
    @DisplayName("IDT-16 a critical extension nobody knows is refused")
    void critical(Gateway gateway) {
        gateway.keycloak().misbehave().sign(Forgery.critical());
        refused(gateway);
        gateway.keycloak().misbehave().sign(Forgery.header(Map.of("alg", "PS256")));
        refused(gateway);
    }

    @Test
    @DisplayName("IDT-17 an at_hash of another access token is refused")
    void accessTokenHash(Gateway gateway) {
        refused(gateway, "at_hash", "AAAAAAAAAAAAAAAAAAAAAA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "iss", "aud"})
    @DisplayName("IDT-20 a refreshed token of somebody else ends the session and never changes it")
    void refreshedForAnother(String claim, @In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        var session = Session.of(gateway, "bob");
        gateway.keycloak().misbehave().refreshedClaims(claims -> claims.put(claim, FakeUser.subject("mallory")));
        Thread.sleep(1200);
        var calls = gateway.keycloak().journal().count(Endpoint.TOKEN);
        Expect.denied(session.browser().get(Session.APP));
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(calls + 1);
        assertThat(gateway.exchanges())
                .noneMatch(exchange -> exchange.reply().whole().contains(FakeUser.subject("mallory")));
    }

    @Test
    @DisplayName("IDT-22 an unverified address is refused; one that nobody speaks of is not")
    void unverified(Gateway gateway) {
        Expect.refusedPage(Attempt.of(gateway, "carol").finish());
        for (var odd : new Object[] {"false", 0}) {
            gateway.keycloak().add(FakeUser.named("odd").with("email_verified", odd));
            Expect.refusedPage(Attempt.of(gateway, "odd").finish());
        }
        gateway.keycloak().add(FakeUser.named("dave").without("email_verified"));
        Expect.seenByApp(Session.of(gateway, "dave").browser().get(Session.APP), "dave");
    }

    @Test
    @DisplayName("IDT-22 beyond: whoever clears the address is not verified by that")
    void withoutAddress(Gateway gateway) {
        for (var silent : List.of(
                account("nina").without("email"),
                account("nina").with("email", " "),
                account("nina").with("email", List.of("nina@akko.local")))) {
            gateway.keycloak().add(silent);
            Expect.refusedPage(Attempt.of(gateway, "nina").finish());
        }
    }

    private static FakeUser account(String name) {
        return FakeUser.named(name).with("email_verified", false);
    }

    @Test
    @DisplayName("IDT-22 an unverified address is accepted where the operator says so")
    void unverifiedAllowed(@In(Setup.GENEROUS) Gateway gateway) {
        assertThat(Attempt.of(gateway, "carol").finish().status()).isEqualTo(302);
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                tokenAnswer("no id_token", answer -> answer.remove("id_token")),
                tokenAnswer("token_type mac", answer -> answer.put("token_type", "mac")),
                tokenAnswer("no access token", answer -> answer.remove("access_token")),
                tokenAnswer("id_token is no JWT", answer -> answer.put("id_token", "abc")),
                tokenAnswer("id_token is a number", answer -> answer.put("id_token", 7)),
                tokenAnswer("id_token is empty", answer -> answer.put("id_token", "")),
                tokenAnswer("id_token has two parts", answer -> answer.put("id_token", "e30.e30")),
                tokenAnswer("id_token has five parts", answer -> answer.put("id_token", "e30.e30.e30.e30.e30")));
    }

    private static Arguments tokenAnswer(String name, Consumer<Map<String, Object>> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAnswers")
    @DisplayName("IDT-26 a token answer that lacks something is refused in one line")
    void incompleteAnswer(String name, Consumer<Map<String, Object>> change, Gateway gateway) {
        gateway.providerFails().tokenAnswer(change);
        refusedOrBadGateway(Attempt.of(gateway, "alice").finish());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Wartung</body></html>",
                "{\"access_token\":\"x\",\"id_to",
                "",
                "[]",
                "null",
                "\"text\"",
                "{\"error\":7}"
            })
    @DisplayName("IDT-26 a token answer that is no answer is refused")
    void noAnswer(String body, Gateway gateway) {
        for (var type : new String[] {"text/html", "application/json"}) {
            gateway.providerFails().answer(Endpoint.TOKEN, 200, type, body);
            refusedOrBadGateway(Attempt.of(gateway, "alice").finish());
        }
    }

    @Test
    @DisplayName("IDT beyond: userinfo of another subject is refused")
    void userinfoOfAnother(Gateway gateway) {
        gateway.providerFails().userinfo(claims -> claims.put("sub", FakeUser.subject("mallory")));
        refusedOrBadGateway(Attempt.of(gateway, "bob").finish());
    }

    @Test
    @DisplayName("IDT beyond: an unsigned userinfo JWT is not believed")
    void unsignedUserinfo(Gateway gateway) {
        var jwt = Forgery.unsigned("none")
                .sign(gateway.keycloak().keys(), Map.of("sub", FakeUser.subject("bob"), "groups", List.of("/admins")));
        gateway.providerFails().answer(Endpoint.USERINFO, 200, "application/jwt", jwt);
        var attempt = Attempt.of(gateway, "bob");
        var reply = attempt.finish();
        if (reply.status() == 302) {
            assertThat(attempt.browser().get(Session.APP).header("App-Saw-groups"))
                    .doesNotContain("admins");
        } else {
            refusedOrBadGateway(reply);
        }
    }

    private static void refused(Gateway gateway, String claim, Object value) {
        refused(gateway, claims -> claims.put(claim, value));
    }

    private static void refused(Gateway gateway, Consumer<Map<String, Object>> change) {
        gateway.keycloak().misbehave().claims(change);
        refused(gateway);
    }

    private static void refused(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        Expect.refusedPage(attempt.finish());
        Expect.denied(attempt.browser().get(Session.APP));
    }

    private static void refusedOrBadGateway(Reply reply) {
        assertThat(reply.status()).as(reply.whole()).isIn(400, 403, 502);
        Expect.noSession(reply);
    }

    private static long inSeconds(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    private static byte[] publicKey(RSAKey key) {
        try {
            return key.toPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
