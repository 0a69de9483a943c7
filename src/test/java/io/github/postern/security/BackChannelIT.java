package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Forgery;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The provider's server ends sessions, and nobody in its name (OpenID Connect Back-Channel Logout 1.0). */
@Alone("a busy machine would fail its bounds of time")
@ExtendWith(Gateways.class)
final class BackChannelIT {
    private static final String PATH = "/oauth2/backchannel-logout";
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** Alice's session, and what the provider calls it. */
    private record Known(Gateway gateway, Session session, String sid) {
        static Known of(Gateway gateway) {
            return of(gateway, "alice");
        }

        static Known of(Gateway gateway, String user) {
            var session = Session.of(gateway, user);
            return new Known(gateway, session, gateway.keycloak().lastSessionOf(user));
        }

        Consumer<Map<String, Object>> named() {
            return claims -> {
                claims.put("sub", FakeUser.subject("alice"));
                claims.put("sid", sid);
            };
        }

        String token(Consumer<Map<String, Object>> change, Forgery how) {
            return gateway.keycloak().logoutToken(named().andThen(change), how);
        }

        String token(Consumer<Map<String, Object>> change) {
            return token(change, Forgery.logout());
        }

        void isRefused(String token) {
            refused(post(gateway, "logout_token=" + token));
            survives();
        }

        void survives() {
            Expect.identity(check(), "alice");
        }

        void isOver() {
            Expect.denied(check());
        }

        private Reply check() {
            return gateway.http().send(Ask.program("/x").with("Cookie", session.header()));
        }
    }

    @Test
    @DisplayName("OUT-10 the provider's word ends that session at once, and no other")
    void endsTheSession(Gateway gateway) {
        var other = Known.of(gateway);
        var known = Known.of(gateway);
        done(post(gateway, "logout_token=" + known.token(claims -> {})));
        known.isOver();
        other.survives();
        Expect.seenByApp(known.session().browser().open(Session.APP).page(), "alice");
    }

    @Test
    @DisplayName("OUT-10 beyond: the provider may add what it likes, come from anywhere and through the proxy")
    void isReachable(Gateway gateway) {
        var known = Known.of(gateway);
        String form = "ignored_parameter=x&logout_token=" + known.token(claims -> claims.put("ignored_claim", 1));
        done(gateway.httpFrom("127.0.0.2").send(Request.of("POST", PATH).form(form)));
        known.isOver();
        var second = Known.of(gateway);
        done(gateway.http().send(Ask.page("POST", PATH).form("logout_token=" + second.token(claims -> {}))));
        second.isOver();
    }

    @Test
    @DisplayName("OUT-11 a token that nobody signed ends nothing")
    void unsigned(Gateway gateway) {
        var known = Known.of(gateway);
        for (var alg : List.of("none", "None", "NONE", "")) {
            known.isRefused(known.token(claims -> {}, Forgery.unsigned(alg)));
        }
    }

    @Test
    @DisplayName("OUT-12 a token for another client, of another realm or by another key ends nothing")
    void ofOthers(Gateway gateway) {
        var known = Known.of(gateway);
        known.isRefused(known.token(claims -> claims.put("aud", "another-client")));
        known.isRefused(
                known.token(claims -> claims.put("iss", gateway.keycloak().issuer() + "2")));
        known.isRefused(
                known.token(claims -> claims.put("iss", gateway.keycloak().issuer() + "/")));
        known.isRefused(known.token(
                claims -> {}, Forgery.attacker(keys -> keys.current().getKeyID())));
        known.isRefused(known.token(
                claims -> {}, Forgery.attacker(keys -> keys.attacker().getKeyID())));
        known.isRefused(known.token(claims -> {}, Forgery.brokenSignature()));
        known.isRefused(known.token(claims -> {}, Forgery.critical()));
        known.isRefused(known.token(claims -> {}, Forgery.hmac(key -> Setup.CLIENT_SECRET.getBytes())));
    }

    @Test
    @DisplayName("OUT-13 a token with a nonce ends nothing")
    void nonce(Gateway gateway) {
        var known = Known.of(gateway);
        known.isRefused(known.token(claims -> claims.put("nonce", "n")));
    }

    @Test
    @DisplayName("OUT-14 a token that does not speak of a logout ends nothing")
    void events(Gateway gateway) {
        var known = Known.of(gateway);
        known.isRefused(known.token(claims -> claims.remove("events")));
        known.isRefused(known.token(claims -> claims.put("events", Map.of(EVENT + "/", Map.of()))));
        known.isRefused(known.token(claims -> claims.put("events", EVENT)));
        known.isRefused(known.token(claims -> claims.put("events", List.of(EVENT))));
        known.isRefused(known.token(claims -> claims.put("events", Map.of(EVENT, "x"))));
    }

    @Test
    @DisplayName("OUT-15 a token that is over, undated or nameless ends nothing")
    void times(Gateway gateway) {
        var known = Known.of(gateway);
        long now = Instant.now().getEpochSecond();
        known.isRefused(known.token(claims -> claims.put("exp", now - 600)));
        known.isRefused(known.token(claims -> claims.remove("exp")));
        known.isRefused(known.token(claims -> claims.remove("iat")));
        known.isRefused(known.token(claims -> claims.put("iat", now - 3600)));
        known.isRefused(known.token(claims -> claims.put("iat", now + 3600)));
        known.isRefused(known.token(claims -> claims.remove("jti")));
    }

    @Test
    @DisplayName("OUT-15 beyond: a token counts once")
    void replay(Gateway gateway) {
        var known = Known.of(gateway);
        String token = known.token(claims -> {});
        done(post(gateway, "logout_token=" + token));
        refused(post(gateway, "logout_token=" + token));
    }

    @Test
    @DisplayName("OUT-19 a token that names the user only ends all of the user's sessions, and nobody else's")
    void wholeUser(Gateway gateway) {
        // somebody of whom no other test keeps an older session
        gateway.keycloak().add(FakeUser.named("dora"));
        var sessions = List.of(Known.of(gateway, "dora"), Known.of(gateway, "dora"), Known.of(gateway, "dora"));
        var bob = Session.of(gateway, "bob");
        String token = sessions.get(0).token(claims -> {
            claims.put("sub", FakeUser.subject("dora"));
            claims.remove("sid");
        });
        done(post(gateway, "logout_token=" + token));
        sessions.forEach(Known::isOver);
        Expect.seenByApp(bob.browser().get(Session.APP), "bob");
    }

    @Test
    @DisplayName("OUT-20 whom a token names must be a name; the session decides where both are named")
    void names(Gateway gateway) {
        var known = Known.of(gateway);
        known.isRefused(known.token(claims -> claims.keySet().removeAll(List.of("sub", "sid"))));
        known.isRefused(known.token(claims -> claims.put("sid", 17)));
        known.isRefused(known.token(claims -> claims.put("sid", List.of(known.sid()))));
        known.isRefused(known.token(claims -> claims.put("sub", "")));
        var bob = Known.of(gateway, "bob");
        done(post(gateway, "logout_token=" + known.token(claims -> claims.put("sid", bob.sid()))));
        bob.isOver();
        known.survives();
    }

    @Test
    @DisplayName("OUT-21 only a form that is posted counts")
    void forms(Gateway gateway) {
        var known = Known.of(gateway);
        String token = known.token(claims -> {});
        for (var method : List.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS")) {
            var reply = gateway.http().send(Request.of(method, PATH + "?logout_token=" + token));
            assertThat(reply.status()).as(method).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("POST");
        }
        refused(gateway.http().send(Request.of("POST", PATH + "?logout_token=" + token)));
        refused(gateway.http()
                .send(Request.of("POST", PATH + "?logout_token=" + token).form("a=b")));
        var json = new Request("POST", PATH, List.of(), "{\"logout_token\":\"" + token + "\"}");
        refused(gateway.http().send(json.with("Content-Type", "application/json")));
        for (var form : List.of("", "logout_token=", "logout_token=abc", "logout_token=a.b.c", "logout_token=%zz")) {
            refused(post(gateway, form));
        }
        refused(post(gateway, "logout_token=" + token + "&logout_token=" + token));
        refused(post(gateway, "logout_token=" + token + "&x=" + "x".repeat(40_000)));
        known.survives();
        done(post(gateway, "logout_token=" + token));
    }

    @Test
    @DisplayName("OUT-22 nobody learns whether there is such a session, nor by how long it takes")
    void unknownSession(Gateway gateway) {
        var known = Known.of(gateway);
        var first = post(gateway, "logout_token=" + known.token(claims -> {}));
        var ended = post(gateway, "logout_token=" + known.token(claims -> {}));
        var never = post(gateway, "logout_token=" + known.token(claims -> claims.put("sid", "never-there")));
        for (var reply : List.of(ended, never)) {
            assertThat(reply.status()).isEqualTo(first.status());
            assertThat(reply.body()).isEqualTo(first.body());
            assertThat(names(reply)).isEqualTo(names(first));
        }
        // the quickest of some, because the machine has other things to do
        var quickest = IntStream.range(0, 8)
                .mapToObj(i -> known.token(claims -> claims.put("sid", "never-there")))
                .map(token -> took(() -> post(gateway, "logout_token=" + token)))
                .min(Comparator.naturalOrder());
        assertThat(quickest.orElseThrow()).isLessThan(Duration.ofMillis(100));
    }

    private static Duration took(Runnable work) {
        var before = Instant.now();
        work.run();
        return Duration.between(before, Instant.now());
    }

    @Test
    @DisplayName(
            "OUT-29 another key of the provider's counts where its algorithm does; else one line names the algorithm")
    void otherAlgorithm(@In(Setup.ROTATING) Gateway gateway) {
        gateway.keycloak().keys().addElliptic();
        var known = Known.of(gateway);
        known.isRefused(known.token(claims -> {}, Forgery.rs512()));
        assertThat(gateway.output().lines().filter(line -> line.contains("RS512")))
                .hasSize(1)
                .allMatch(line -> line.contains("ES256, PS256, RS256"));
        done(post(gateway, "logout_token=" + known.token(claims -> {}, Forgery.es256())));
        known.isOver();
    }

    @Test
    @DisplayName("OUT beyond: the log names who was signed out, and what strangers cause in it is bounded")
    void log(@In(Setup.OTHER_NAME) Gateway gateway) {
        String token = gateway.keycloak().logoutToken("alice", "some-session");
        done(post(gateway, "logout_token=" + token));
        assertThat(gateway.output())
                .contains("\"event\":\"signed-out-by-provider\"")
                .contains("\"sub\":\"" + FakeUser.subject("alice") + "\",\"by\":\"back-channel\",\"sessions\":\"one\"");
        for (int i = 0; i < 100; i++) {
            refused(post(gateway, "logout_token=stranger"));
        }
        assertThat(gateway.output().lines().filter(line -> line.contains("sign-out-refused")))
                .hasSizeBetween(1, 60);
    }

    private static Reply post(Gateway gateway, String form) {
        return gateway.http().send(Request.of("POST", PATH).form(form));
    }

    private static void done(Reply reply) {
        assertThat(reply.status()).as(reply.whole()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.cookies()).isEmpty();
        assertThat(reply.body()).isEmpty();
    }

    private static void refused(Reply reply) {
        assertThat(reply.status()).as(reply.whole()).isEqualTo(400);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.body()).contains("\"error\":\"invalid_request\"");
    }

    private static List<String> names(Reply reply) {
        return reply.headers().stream().map(header -> header.name()).toList();
    }
}
