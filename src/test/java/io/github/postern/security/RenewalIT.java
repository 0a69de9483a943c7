package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renewing tokens neither delays a check nor signs anybody out, whatever the provider does. */
@Alone("a busy machine would fail its bounds of time")
@ExtendWith(Gateways.class)
final class RenewalIT {
    @Test
    @DisplayName("FLT-19 twenty requests at once cost one call, although refresh tokens are good for one use")
    void oneCall(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        gateway.keycloak().misbehave().rotation();
        var session = Session.of(gateway, "alice").header();
        Thread.sleep(1100);
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        var threads = Executors.newFixedThreadPool(20);
        try {
            var replies = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> check(gateway, session)))
                    .toList();
            for (Future<Reply> reply : replies) {
                Expect.identity(reply.get(), "alice");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before).isEqualTo(1);
    }

    @Test
    @DisplayName("FLT-28 a provider that hangs holds up a check for about a second, and nothing else")
    void hangingProvider(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "alice").header();
        Thread.sleep(1100);
        gateway.providerFails().delay(Endpoint.TOKEN, Duration.ofSeconds(30));
        var threads = Executors.newFixedThreadPool(100);
        try {
            var begun = Instant.now();
            var replies = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> check(gateway, session)))
                    .toList();
            var ping = gateway.http().send(Request.get("/ping").with("Cookie", session));
            assertThat(ping.status()).isEqualTo(200);
            for (Future<Reply> reply : replies) {
                Expect.identity(reply.get(), "alice");
            }
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMillis(2500));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("FLT-02 an outage at a renewal changes neither the session nor the identity")
    void outage(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "alice").header();
        var groups = check(gateway, session).header("X-Auth-Request-Groups");
        Thread.sleep(1100);
        gateway.providerFails().answer(Endpoint.USERINFO, 503, "text/plain", "down");
        var reply = check(gateway, session);
        Expect.identity(reply, "alice");
        assertThat(reply.header("X-Auth-Request-Groups")).isEqualTo(groups);
    }

    @Test
    @DisplayName("FLT-28 fifty others are answered at once while the provider is slow for one")
    void slowForOne(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var slow = Session.of(gateway, "alice").header();
        gateway.providerFails().slowFor("alice", Duration.ofSeconds(8));
        var others = new SecondInstance(gateway.keycloak().issuer(), Setup.COOKIE_SECRET, InstantSource.system());
        var sessions = IntStream.range(0, 50)
                .mapToObj(i -> others.session(FakeUser.named("user" + i)))
                .toList();
        sessions.forEach(session -> check(gateway, session)); // once, so that no class is loaded for the first time
        Thread.sleep(1100);
        var threads = Executors.newFixedThreadPool(3);
        try {
            var one = threads.submit(() -> check(gateway, slow));
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                long begun = System.nanoTime();
                Expect.identity(check(gateway, sessions.get(i % 50)), "user" + i % 50);
                millis.add(Duration.ofNanos(System.nanoTime() - begun).toMillis());
            }
            Expect.identity(one.get(), "alice");
            Expect.identity(check(gateway, slow), "alice");
            millis.sort(null);
            assertThat(millis.get(494)).as("p99 of %s", millis).isLessThan(100);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("FLT-03 failures at the first tries are nobody's business, and a session tries once a second at most")
    void failsTwice(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "bob").header();
        Thread.sleep(1100);
        for (int status : new int[] {500, 503}) {
            gateway.providerFails().answer(Endpoint.TOKEN, status, "text/plain", "down");
            var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
            for (int i = 0; i < 9; i++) {
                Expect.identity(check(gateway, session), "bob");
                Thread.sleep(100);
            }
            assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before)
                    .isLessThanOrEqualTo(1);
        }
        gateway.keycloak().misbehave();
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        for (int i = 0; i < 60 && gateway.keycloak().journal().count(Endpoint.TOKEN) == before; i++) {
            Expect.identity(check(gateway, session), "bob");
            Thread.sleep(100);
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before).isEqualTo(1);
    }

    @Test
    @DisplayName("FLT-27 a provider that says when to come back is left alone until then")
    void retryAfter(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "bob").header();
        Thread.sleep(1100);
        gateway.providerFails().retryAfter("5").answer(Endpoint.TOKEN, 429, "text/plain", "too many");
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        var begun = Instant.now();
        while (Duration.between(begun, Instant.now()).toMillis() < 4800) {
            Expect.identity(check(gateway, session), "bob");
            Thread.sleep(200);
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before).isEqualTo(1);
        gateway.keycloak().misbehave();
        Thread.sleep(1600);
        Expect.identity(check(gateway, session), "bob");
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before).isEqualTo(2);
    }

    @Test
    @DisplayName("FLT-21 a refresh token that is spent and an answer that is lost cost two calls and one sign-in")
    void lostAnswer(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "bob");
        Thread.sleep(1100);
        gateway.providerFails().rotation().losesRefreshes();
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        Expect.identity(check(gateway, session.header()), "bob");
        Thread.sleep(1500);
        Expect.denied(check(gateway, session.header()));
        Thread.sleep(1500);
        Expect.denied(check(gateway, session.header()));
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before).isEqualTo(2);
        gateway.keycloak().misbehave();
        var again = session.browser().open(Session.APP);
        Expect.seenByApp(again.page(), "bob");
        assertThat(again.count("/auth")).as("one visit to the provider").isEqualTo(1);
    }

    @ParameterizedTest(name = "FLT-22 {0} is missing from the answer of a refresh")
    @ValueSource(strings = {"refresh_token", "id_token", "refresh_token id_token"})
    void incompleteAnswer(String missing, @In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "alice").header();
        var groups = check(gateway, session).header("X-Auth-Request-Groups");
        gateway.keycloak()
                .misbehave()
                .tokenAnswer(answer -> List.of(missing.split(" ")).forEach(answer::remove));
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        for (int i = 0; i < 3; i++) {
            Thread.sleep(1300);
            var reply = check(gateway, session);
            Expect.identity(reply, "alice");
            assertThat(reply.header("X-Auth-Request-Groups")).isEqualTo(groups);
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before).isEqualTo(3);
    }

    @Test
    @DisplayName("a renewed cookie that the proxy drops is handed over by one redirect of a page to itself")
    void handedOver(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "alice");
        var first = session.header();
        Wait.until(
                Duration.ofSeconds(30),
                () -> !Expect.sessionCookies(check(gateway, first)).isEmpty());
        Thread.sleep(1300);
        var redirect = session.browser().get(Session.APP + "?a=%20b");
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.location()).isEqualTo(Session.APP + "?a=%20b");
        Expect.noIdentity(redirect);
        assertThat(session.header()).isNotEqualTo(first);
        Expect.seenByApp(session.browser().get(Session.APP), "alice");
        for (int i = 0; i < 12; i++) {
            Thread.sleep(300);
            var forgetful = gateway.http().send(Ask.navigation("/x").with("Cookie", first));
            assertThat(forgetful.status()).as("a browser that keeps no cookies").isEqualTo(200);
        }
    }

    private static Reply check(Gateway gateway, String session) {
        return gateway.http().send(Ask.program("/x").with("Cookie", session));
    }
}
