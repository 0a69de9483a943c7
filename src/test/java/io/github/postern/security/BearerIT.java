package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.postern.Alone;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Forgery;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token stands in for a session only where the operator says so, and only if everything about it is right. */
@Alone("a busy machine would fail its bounds of time")
@ExtendWith(Gateways.class)
final class BearerIT {
    private static final FakeUser ALICE = FakeUser.named("alice").in("/admins", "/data");

    @Test
    @DisplayName("BRR-01 a good token is its own user, and no cookie is set")
    void good(@In(Setup.BEARER) Gateway gateway) {
        String token = gateway.keycloak().accessToken("alice");
        for (var header : List.of(
                "Bearer " + token,
                basic(token + ":"),
                basic(token + ":x-oauth-basic"),
                basic("whoever:" + token),
                basic(":" + token))) {
            var reply = ask(gateway, header);
            Expect.identity(reply, "alice");
            assertThat(reply.header("X-Auth-Request-Groups"))
                    .isEqualTo("/admins,/data,role:admin,role:akko-oauth2-proxy:editor");
            assertThat(reply.header("X-Auth-Request-Access-Token")).isEqualTo(token);
            assertThat(reply.cookies()).isEmpty();
            assertThat(reply.all("WWW-Authenticate")).isEmpty();
        }
    }

    @Test
    @DisplayName("BRR-01 beyond: a token without an address names its subject in its place, as oauth2-proxy does")
    void withoutEmail(@In(Setup.BEARER) Gateway gateway) {
        String subject = FakeUser.subject("alice");
        var reply = ask(gateway, bearer(gateway, claims -> claims.remove("email")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-Auth-Request-Email")).isEqualTo(subject);
    }

    @Test
    @DisplayName(
            "BRR-01 beyond: an account without an address has none to verify; what could be taken for one stays refused")
    void serviceAccount(@In(Setup.BEARER) Gateway gateway) {
        Consumer<Map<String, Object>> account = claims -> {
            claims.remove("email");
            claims.put("email_verified", false);
        };
        String subject = FakeUser.subject("alice");
        var reply = ask(gateway, bearer(gateway, account));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-Auth-Request-User")).isEqualTo(subject);
        assertThat(reply.header("X-Auth-Request-Email")).isEqualTo(subject);
        refused(gateway, account.andThen(claims -> claims.put("sub", "admin@akko.local")));
        for (Object odd : List.of("admin", List.of("admin@akko.local"), Map.of("x", "admin@akko.local"), 7)) {
            refused(gateway, account.andThen(claims -> claims.put("email", odd)));
        }
    }

    @Test
    @DisplayName("BRR-02 where the feature is off, no Authorization header is looked at")
    void off(Gateway gateway) {
        for (var header : List.of("Bearer " + gateway.keycloak().accessToken("alice"), "Bearer x", "Bearer")) {
            var reply = ask(gateway, header);
            Expect.denied(reply);
            assertThat(reply.all("WWW-Authenticate")).isEmpty();
        }
        var session = Session.of(gateway, "bob");
        Expect.identity(gateway.http().send(request("Bearer x").with("Cookie", session.header())), "bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "RS256 ", "rs256", "x"})
    @DisplayName("BRR-03 an unsigned token is refused, however it spells its algorithm")
    void unsigned(String alg, @In(Setup.BEARER) Gateway gateway) {
        refused(gateway, Forgery.unsigned(alg));
        String token = gateway.keycloak().accessToken(ALICE, claims -> {}, Forgery.unsigned(alg));
        Expect.denied(ask(gateway, "Bearer " + token + "AAAA"));
    }

    @Test
    @DisplayName("BRR-03 a signature is that of this token, of the issuer's key, and whole")
    void signature(@In(Setup.BEARER) Gateway gateway) {
        var keycloak = gateway.keycloak();
        refused(gateway, Forgery.brokenSignature());
        String[] alice = keycloak.accessToken("alice").split("\\.");
        String[] bob = keycloak.accessToken("bob").split("\\.");
        for (var token : List.of(
                alice[0] + "." + alice[1] + "." + bob[2],
                bob[0] + "." + alice[1] + "." + bob[2],
                alice[0] + "." + alice[1] + ".",
                alice[0] + "." + alice[1],
                alice[0] + "." + alice[1] + "." + alice[2].substring(4),
                alice[0] + "." + alice[1] + "." + alice[2] + "AAAA")) {
            Expect.denied(ask(gateway, "Bearer " + token));
        }
    }

    static Stream<Arguments> publicSecrets() {
        Function<RSAKey, byte[]> der = BearerIT::publicKey;
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
    @DisplayName("BRR-04 a public key is no HMAC secret")
    void algorithmConfusion(String form, Function<RSAKey, byte[]> secret, @In(Setup.BEARER) Gateway gateway) {
        refused(gateway, Forgery.hmac(secret));
    }

    @Test
    @DisplayName("BRR-05 a token for another client of the realm is refused")
    void otherClient(@In(Setup.BEARER) Gateway gateway) {
        var reply = refused(gateway, claims -> {
            claims.put("aud", "other");
            claims.put("azp", "other");
        });
        assertThat(reply.header("WWW-Authenticate")).contains("the token is meant for another audience");
        for (Object audience :
                List.of(List.of(), List.of("other", "account"), "", 7, List.of(Setup.CLIENT, 7), Map.of())) {
            refused(gateway, claims -> claims.put("aud", audience));
        }
        refused(gateway, claims -> claims.remove("aud"));
        refused(gateway, claims -> claims.put("aud", Setup.CLIENT + " "));
    }

    @Test
    @DisplayName("BRR-05 beyond: an access token may come from another client, an ID token may not")
    void authorizedParty(@In(Setup.BEARER) Gateway gateway) {
        Consumer<Map<String, Object>> forUs = claims -> {
            claims.put("aud", List.of("account", Setup.CLIENT));
            claims.put("azp", "robot");
        };
        Expect.identity(ask(gateway, bearer(gateway, forUs)), "alice");
        refused(gateway, forUs.andThen(claims -> claims.put("typ", "ID")));
        Expect.identity(ask(gateway, bearer(gateway, claims -> claims.put("typ", "ID"))), "alice");
    }

    @Test
    @DisplayName("BRR-06 the issuer is the provider's own, byte for byte")
    void issuer(@In(Setup.BEARER) Gateway gateway) {
        var issuer = gateway.keycloak().issuer();
        for (Object other : List.of(
                issuer.replace("/akko", "/other"),
                issuer + "/",
                issuer.replace("http:", "HTTP:"),
                " " + issuer,
                "",
                7,
                List.of(issuer))) {
            refused(gateway, claims -> claims.put("iss", other));
        }
        refused(gateway, claims -> claims.remove("iss"));
    }

    @Test
    @DisplayName("BRR-07 a token out of its time is refused, and so is one without an end")
    void times(@In(Setup.BEARER) Gateway gateway) {
        long now = Instant.now().getEpochSecond();
        assertThat(refused(gateway, claims -> claims.put("exp", now - 600)).header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"" + gateway.keycloak().issuer()
                        + "\", error=\"invalid_token\", error_description=\"the token has expired\"");
        refused(gateway, claims -> claims.put("exp", now - 2));
        refused(gateway, claims -> claims.remove("exp"));
        refused(gateway, claims -> claims.put("exp", String.valueOf(now + 600)));
        refused(gateway, claims -> claims.put("exp", 1e300));
        refused(gateway, claims -> claims.put("exp", -1));
        refused(gateway, claims -> claims.put("nbf", now + 600));
        refused(gateway, claims -> claims.put("iat", now + 600));
        Expect.identity(ask(gateway, bearer(gateway, claims -> claims.put("exp", now + 600.5))), "alice");
        Expect.identity(ask(gateway, bearer(gateway, claims -> claims.put("exp", 253_402_300_799L))), "alice");
    }

    @Test
    @DisplayName("BRR-07 beyond: a remembered token ends when it expires")
    void remembered(@In(Setup.BEARER) Gateway gateway) {
        String header =
                bearer(gateway, claims -> claims.put("exp", Instant.now().getEpochSecond() + 3));
        Expect.identity(ask(gateway, header), "alice");
        Expect.identity(ask(gateway, header), "alice");
        Wait.until(Duration.ofSeconds(10), () -> ask(gateway, header).status() != 200);
        Expect.denied(ask(gateway, header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refresh", "Offline", "Logout"})
    @DisplayName("BRR beyond: tokens of Keycloak that give no access are refused")
    void otherKinds(String type, @In(Setup.BEARER) Gateway gateway) {
        refused(gateway, claims -> claims.put("typ", type));
    }

    @Test
    @DisplayName("BRR beyond: a logout token is refused, and so is one without a subject or with an unverified address")
    void otherClaims(@In(Setup.BEARER) Gateway gateway) {
        refused(
                gateway,
                claims -> claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
        for (Object subject : List.of("", " ", "x".repeat(300), "a\nb")) {
            refused(gateway, claims -> claims.put("sub", subject));
        }
        refused(gateway, claims -> claims.remove("sub"));
        refused(gateway, claims -> claims.put("email_verified", false));
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                header("typ", "logout+jwt", false),
                header("typ", "JWT+x", false),
                header("typ", "at+JWT", true),
                header("typ", "application/at+jwt", true),
                header("cty", "JWT", false),
                header("crit", List.of("exp"), false),
                header("b64", false, false),
                header("alg", "PS256", false),
                header("alg", "ES256", false),
                header("alg", "RS256 ", false),
                header("kid", "unknown", false),
                header("kid", "../../../dev/null", false),
                header("kid", "' OR 1=1 --", false),
                header("kid", 7, false),
                header("jku", "http://127.0.0.1:9/keys", true),
                header("x5u", "http://127.0.0.1:9/chain", true),
                header("zip", "DEF", true));
    }

    private static Arguments header(String name, Object value, boolean good) {
        return Arguments.of(name, value, good);
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("headers")
    @DisplayName("BRR beyond: header parameters neither open the door nor send us anywhere")
    void headerParameters(String name, Object value, boolean good, @In(Setup.BEARER) Gateway gateway) {
        var forgery = Forgery.header(Map.of(name, value));
        if (good) {
            String token = gateway.keycloak().accessToken(ALICE, claims -> {}, forgery);
            Expect.identity(ask(gateway, "Bearer " + token), "alice");
        } else {
            refused(gateway, forgery);
        }
    }

    @Test
    @DisplayName(
            "BRR beyond: an attacker's key is refused, under a known key id, inside the token, or behind an address")
    void attackersKey(@In(Setup.BEARER) Gateway gateway) {
        refused(gateway, Forgery.attacker(keys -> keys.current().getKeyID()));
        refused(gateway, (keys, claims) -> Forgery.attacker(any -> "mine").sign(keys, claims));
        refused(
                gateway,
                Forgery.attackerWith(
                        keys -> Map.of("jwk", keys.attacker().toPublicJWK().toJSONObject())));
    }

    @Test
    @DisplayName("BRR beyond: unknown keys cost few looks at the key set, and a new key is known at once")
    void unknownKeys(@In(Setup.ROTATING_BEARER) Gateway gateway) {
        String old = "Bearer " + gateway.keycloak().accessToken("alice");
        Wait.until(Duration.ofSeconds(15), () -> ask(gateway, old).status() == 200);
        gateway.keycloak().keys().rotate();
        String fresh = "Bearer " + gateway.keycloak().accessToken("alice");
        Wait.until(Duration.ofSeconds(15), () -> ask(gateway, fresh).status() == 200);
        // whatever a key signed that is gone is gone as well, remembered or not
        Expect.denied(ask(gateway, old));
        var before = gateway.keycloak().journal().count(Endpoint.KEYS);
        for (int i = 0; i < 20; i++) {
            var kid = "unknown" + i;
            refused(gateway, Forgery.attacker(keys -> kid));
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.KEYS) - before).isLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("BRR-11 garbage of any size is refused fast")
    void garbage(@In(Setup.BEARER) Gateway gateway) {
        ask(gateway, "Bearer warm.up.x");
        var part = "eyJ" + "A".repeat(3_500);
        for (var token :
                List.of("x".repeat(7_000), part + "." + part + ".AAAA", "eyJ".repeat(3_000), "[".repeat(7_000))) {
            var began = System.nanoTime();
            Expect.denied(ask(gateway, "Bearer " + token));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(100 * PATIENCE));
        }
        var began = System.nanoTime();
        var huge = ask(gateway, "Bearer " + "x".repeat(100_000));
        assertThat(huge.status()).isIn(0, 302, 400, 401, 431);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(100 * PATIENCE));
    }

    /** The machine may be busy with other tests: what is measured is that nothing waits for anything. */
    private static final int PATIENCE = 5;

    @Test
    @DisplayName("BRR-13 a good token beats the cookie; a bad one leaves it alone; nothing is mixed")
    void tokenAndCookie(@In(Setup.BEARER) Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("oscar").in("/ops"));
        var session = Session.of(gateway, "oscar");
        var good = gateway.http()
                .send(request("Bearer " + gateway.keycloak().accessToken("alice"))
                        .with("Cookie", session.header()));
        Expect.identity(good, "alice");
        assertThat(good.header("X-Auth-Request-Groups")).doesNotContain("/ops");
        assertThat(good.cookies()).isEmpty();
        var bad = gateway.http()
                .send(request(bearer(gateway, claims -> claims.put("exp", 1))).with("Cookie", session.header()));
        Expect.identity(bad, "oscar");
        assertThat(bad.header("X-Auth-Request-Groups")).doesNotContain("/admins");
        var nobody = gateway.http()
                .send(request("Bearer " + gateway.keycloak().accessToken("bob")).with("Cookie", session.header()));
        Expect.forbidden(nobody);
    }

    @Test
    @DisplayName("BRR-13 beyond: without the fallback a bad token is the end, whatever the cookie says")
    void withoutFallback(@In(Setup.BEARER_ONLY) Gateway gateway) {
        var session = Session.of(gateway, "bob");
        for (var header : List.of("Bearer x", "bearer x", "Bearer", bearer(gateway, claims -> claims.put("exp", 1)))) {
            for (var request : List.of(Ask.program("/x"), Ask.navigation("/x"))) {
                var reply = gateway.http()
                        .send(request.with("Authorization", header).with("Cookie", session.header()));
                assertThat(reply.status()).as(reply.whole()).isEqualTo(401);
                assertThat(reply.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
                Expect.noIdentity(reply);
            }
        }
        Expect.identity(gateway.http().send(Ask.program("/x").with("Cookie", session.header())), "bob");
    }

    @Test
    @DisplayName("BRR beyond: audiences besides the client id count where the operator names them")
    void extraAudience(@In(Setup.BEARER_ONLY) Gateway gateway) {
        Expect.identity(ask(gateway, bearer(gateway, claims -> claims.put("aud", List.of("account", "x")))), "alice");
        refused(gateway, claims -> claims.put("aud", List.of("x")));
        gateway.keycloak().misbehave().claims(claims -> {
            claims.put("aud", List.of("account", Setup.CLIENT));
            claims.remove("azp");
        });
        assertThat(Attempt.of(gateway, "alice").finish().status()).isEqualTo(302);
        gateway.keycloak().misbehave().claims(claims -> claims.put("aud", "account"));
        assertThat(Attempt.of(gateway, "alice").finish().status()).isEqualTo(302);
        gateway.keycloak().misbehave().claims(claims -> claims.put("aud", List.of("account", "x")));
        assertThat(Attempt.of(gateway, "alice").finish().status()).isEqualTo(302);
        gateway.keycloak().misbehave().claims(claims -> {
            claims.put("aud", List.of("account"));
            claims.put("azp", "x");
        });
        Expect.refusedPage(Attempt.of(gateway, "alice").finish());
    }

    @Test
    @DisplayName("BRR beyond: a sign-in for somebody else names who, and the setting, to the administrator")
    void wrongAudience(Gateway gateway) {
        gateway.keycloak().misbehave().claims(claims -> claims.put("aud", "somebody-else"));
        var reply = Attempt.of(gateway, "alice").finish();
        Expect.refusedPage(reply);
        assertThat(reply.text()).contains("somebody-else", Setup.CLIENT, "oidc-extra-audience");
        assertThat(gateway.output()).contains("aud: somebody-else", "oidc-audience-claim");
    }

    @Test
    @DisplayName("BRR-16 a token in a query is never looked at")
    void inQuery(@In(Setup.BEARER) Gateway gateway) {
        String token = gateway.keycloak().accessToken("alice");
        Expect.denied(gateway.http().send(Ask.program("/x?access_token=" + token)));
        var asked = Ask.program("/x");
        Expect.denied(
                gateway.http().send(new Request("GET", "/oauth2/auth?access_token=" + token, asked.headers(), "")));
        Expect.denied(gateway.http().send(asked.with("X-Forwarded-Access-Token", token)));
        Expect.denied(gateway.http().send(asked.with("Cookie", "access_token=" + token)));
        Expect.denied(gateway.http()
                .send(new Request("POST", "/oauth2/auth", asked.headers(), "").form("access_token=" + token)));
    }

    @Test
    @DisplayName("BRR-17 a good token of somebody who may not pass is a 403")
    void notAdmitted(@In(Setup.BEARER) Gateway gateway) {
        for (var accept : List.of("application/json", "*/*", "text/html")) {
            var reply = gateway.http()
                    .send(Request.get("/oauth2/auth")
                            .with(
                                    "Authorization",
                                    "Bearer " + gateway.keycloak().accessToken("bob"))
                            .with("Accept", accept));
            Expect.forbidden(reply);
            assertThat(reply.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
            assertThat(reply.header("Content-Type")).doesNotContain("html");
            assertThat(reply.cookies()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'bearer T'|the scheme in lower case",
                "'BEARER T'|in capitals",
                "'Bearer  T'|two blanks",
                "'Bearer\tT'|a tab",
                "'Bearer T x'|something behind it",
                "'Bearer T,'|a comma",
                "'Bearer T='|padding",
                "'Bearer T.AAAA'|four parts",
                "'Bearer T.AAAA.AAAA'|five parts",
                "'Bearer \"T\"'|quoted",
                "'Bearer token=T'|a parameter",
                "'BearerT'|no blank",
                "'Token T'|another scheme",
                "'T'|no scheme"
            })
    @DisplayName("BRR beyond: a good token in an odd header is refused")
    void oddHeaders(String form, String what, @In(Setup.BEARER) Gateway gateway) {
        Expect.denied(ask(
                gateway,
                form.replace("T", "\0")
                        .replace("\0oken", "Token")
                        .replace("\0", gateway.keycloak().accessToken("alice"))));
    }

    @Test
    @DisplayName("BRR beyond: two Authorization headers are refused, and Basic credentials that are no token too")
    void oddCredentials(@In(Setup.BEARER) Gateway gateway) {
        String token = gateway.keycloak().accessToken("alice");
        var two = gateway.http().send(request("Bearer " + token).with("Authorization", "Bearer " + token));
        Expect.denied(two);
        assertThat(two.header("WWW-Authenticate")).contains("error=\"invalid_request\"");
        Expect.denied(gateway.http().send(request("Bearer x").with("Authorization", "Bearer " + token)));
        for (var pair : List.of(token, token + ":secret", "alice:secret", "::", "")) {
            Expect.denied(ask(gateway, basic(pair)));
        }
        Expect.denied(ask(gateway, "Basic " + token));
        Expect.denied(ask(gateway, "Basic ???"));
    }

    @Test
    @DisplayName("BRR beyond: who asks without a token learns that one would do; who wants a page gets a sign-in")
    void challenges(@In(Setup.BEARER) Gateway gateway) {
        var program = gateway.http().send(Ask.program("/x"));
        assertThat(program.status()).isEqualTo(401);
        assertThat(program.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"" + gateway.keycloak().issuer() + "\"");
        assertThat(gateway.http().send(Request.get("/oauth2/userinfo")).header("WWW-Authenticate"))
                .startsWith("Bearer realm=");
        assertThat(gateway.http().send(Ask.navigation("/x")).status()).isEqualTo(302);
        assertThat(gateway.http()
                        .send(Ask.navigation("/x").with("Authorization", "Bearer x"))
                        .status())
                .isEqualTo(302);
        var curl = gateway.http().send(Request.get("/oauth2/auth").with("Authorization", "Bearer x"));
        assertThat(curl.status()).isEqualTo(401);
        assertThat(curl.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    @DisplayName("BRR beyond: tokens are judged while the provider is away")
    void outage(@In(Setup.BEARER) Gateway gateway) {
        ask(gateway, "Bearer " + gateway.keycloak().accessToken("alice"));
        gateway.providerFails()
                .delay(Endpoint.KEYS, Duration.ofSeconds(20))
                .delay(Endpoint.DISCOVERY, Duration.ofSeconds(20));
        var began = System.nanoTime();
        Expect.identity(ask(gateway, "Bearer " + gateway.keycloak().accessToken("alice")), "alice");
        refused(gateway, Forgery.attacker(keys -> "not known at all"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    }

    private static Reply ask(Gateway gateway, String authorization) {
        return gateway.http().send(request(authorization));
    }

    private static Request request(String authorization) {
        return Ask.program("/x").with("Authorization", authorization);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static String bearer(Gateway gateway, Consumer<Map<String, Object>> change) {
        return "Bearer " + gateway.keycloak().accessToken(ALICE, change, Forgery.none());
    }

    private static Reply refused(Gateway gateway, Consumer<Map<String, Object>> change) {
        return refused(ask(gateway, bearer(gateway, change)));
    }

    private static Reply refused(Gateway gateway, Forgery forgery) {
        return refused(ask(gateway, "Bearer " + gateway.keycloak().accessToken(ALICE, claims -> {}, forgery)));
    }

    private static Reply refused(Reply reply) {
        Expect.denied(reply);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(Arrays.stream(reply.header("WWW-Authenticate").split("\"")).toList())
                .hasSizeLessThanOrEqualTo(6);
        return reply;
    }

    private static byte[] publicKey(RSAKey key) {
        try {
            return key.toPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
