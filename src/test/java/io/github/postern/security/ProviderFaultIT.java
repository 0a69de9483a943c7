package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Tomcat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider that is down, slow or somebody else never opens the door, and never closes it on those who are inside. */
@ExtendWith(Gateways.class)
final class ProviderFaultIT {
    private static final String GET_READY = "/ready";

    @Test
    @DisplayName("FLT-01 the gateway starts without its provider, and heals when it comes")
    void providerDownAtStart(@In(Setup.DEFAULT) Gateway gateway) throws InterruptedException {
        var session = Session.of(gateway, "alice");
        int port = Tomcat.freePort();
        var environment = Setup.common("http://127.0.0.1:" + port + "/realms/akko");
        try (var tomcat = Tomcat.with(environment).start()) {
            var http = new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
            assertThat(http.send(Request.get(GET_READY)).status()).isEqualTo(503);
            var start = http.send(Ask.page("GET", "/oauth2/start"));
            assertThat(start.status()).isEqualTo(503);
            Expect.noSession(start);
            Expect.noIdentity(http.send(Ask.program("/x").with("Cookie", session.header())));
            try (var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET, port)) {
                Wait.until(
                        Duration.ofSeconds(30),
                        () -> http.send(Request.get(GET_READY)).status() == 200);
                var browser = new FakeBrowser(
                        http, new RawHttp(keycloak.port(), "127.0.0.1", (request, reply) -> {}), "alice");
                Expect.seenByApp(browser.open(Session.APP).page(), "alice");
            }
            assertThat(tomcat.output()).doesNotContain("\tat ").doesNotContain(Setup.CLIENT_SECRET);
        }
    }

    @Test
    @DisplayName("FLT-01 RUN-01 a session from before a restart is good after it, even with the provider down")
    void sessionAcrossRestart(@In(Setup.ROTATING) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var attempt = Attempt.of(gateway, "bob");
        gateway.restart();
        Expect.seenByApp(session.browser().get(Session.APP), "alice");
        gateway.awaitReady();
        assertThat(attempt.finish().status()).as("RUN-02").isEqualTo(302);
        Expect.seenByApp(attempt.browser().get(Session.APP), "bob");
    }

    @Test
    @DisplayName("RUN-02 a login that was begun before a restart ends after it")
    void loginAcrossRestart(@In(Setup.SLOW_PROVIDER) Gateway gateway) {
        var attempt = Attempt.of(gateway, "bob");
        gateway.restart();
        gateway.awaitReady();
        assertThat(attempt.finish().status()).isEqualTo(302);
    }

    @Test
    @DisplayName("FLT-02 a provider that fails at renewal ends nobody's session")
    void renewalFails(@In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        var session = Session.of(gateway, "alice");
        Thread.sleep(1200);
        for (int status : new int[] {500, 503, 429}) {
            gateway.providerFails().answer(Endpoint.TOKEN, status, "text/html", "<h1>down</h1>");
            var visit = session.browser().open(Session.APP);
            Expect.seenByApp(visit.page(), "alice");
            Thread.sleep(300);
        }
        gateway.keycloak().misbehave();
        Expect.seenByApp(session.browser().open(Session.APP).page(), "alice");
    }

    @Test
    @DisplayName("FLT-04 OUT-31 a session the provider has ended is over at the next renewal")
    void endedByAdministrator(@In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        gateway.keycloak().add(FakeUser.named("judy"));
        var session = Session.of(gateway, "judy");
        gateway.keycloak().endSessionsOf("judy");
        Thread.sleep(1200);
        var reply = gateway.http()
                .send(Ask.program("/x").with("Cookie", session.browser().cookiesFor(Session.APP)));
        Expect.denied(reply);
        assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
    }

    @Test
    @DisplayName("AUZ-22 who leaves a group loses it at the next renewal")
    void leavesGroup(@In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        gateway.keycloak().add(FakeUser.named("kim").in("/admins"));
        var session = Session.of(gateway, "kim");
        gateway.keycloak().add(FakeUser.named("kim"));
        Thread.sleep(1200);
        var app = session.browser().open(Session.APP).page();
        Expect.seenByApp(app, "kim");
        assertThat(app.header("App-Saw-groups")).doesNotContain("/admins");
    }

    @Test
    @DisplayName("AUZ-22 who leaves the group that a route is for is refused at the next renewal")
    void isRefusedAfterLeaving(@In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        gateway.keycloak().add(FakeUser.named("lea").in("/admins"));
        var session = Session.of(gateway, "lea");
        var ask = new Request(
                        "GET",
                        "/oauth2/auth?allowed_groups=%2Fadmins",
                        Ask.program("/x").headers(),
                        "")
                .with("Cookie", session.header());
        assertThat(gateway.http().send(ask).status()).isEqualTo(200);
        gateway.keycloak().add(FakeUser.named("lea"));
        Thread.sleep(1200);
        Expect.forbidden(gateway.http().send(ask));
    }

    @Test
    @DisplayName("AUZ-23 who is disabled at the provider is out at the next renewal")
    void disabled(@In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        gateway.keycloak().add(FakeUser.named("max"));
        var ask = Ask.program("/x").with("Cookie", Session.of(gateway, "max").header());
        assertThat(gateway.http().send(ask).status()).isEqualTo(200);
        gateway.keycloak().endSessionsOf("max");
        Thread.sleep(1200);
        var reply = gateway.http().send(ask);
        assertThat(reply.status()).isEqualTo(401);
        Expect.noIdentity(reply);
    }

    @Test
    @DisplayName("FLT-06 new keys of the provider cost one look, and nobody's session")
    void rotatedKeys(@In(Setup.ROTATING) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        gateway.keycloak().keys().rotate();
        var before = gateway.keycloak().journal().count(Endpoint.KEYS);
        Expect.seenByApp(Session.of(gateway, "bob").browser().get(Session.APP), "bob");
        assertThat(gateway.keycloak().journal().count(Endpoint.KEYS) - before).isEqualTo(1);
        Expect.seenByApp(session.browser().get(Session.APP), "alice");
    }

    @Test
    @DisplayName("FLT-09 a discovery document of another issuer is nobody's: no login, no secret sent")
    void otherIssuer() throws InterruptedException {
        try (var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET)) {
            keycloak.misbehave().discovery(document -> document.put("issuer", "https://evil.example/realms/akko"));
            try (var tomcat = Tomcat.with(Setup.common(keycloak.issuer())).start()) {
                var http = new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
                Wait.until(Duration.ofSeconds(10), () -> keycloak.journal().count(Endpoint.DISCOVERY) > 0);
                Thread.sleep(500);
                assertThat(http.send(Request.get(GET_READY)).status()).isEqualTo(503);
                assertThat(http.send(Ask.page("GET", "/oauth2/start")).status()).isEqualTo(503);
                assertThat(http.send(Ask.navigation("/x")).isSuccess()).isFalse();
                assertThat(keycloak.journal().count(Endpoint.TOKEN)).isZero();
                assertThat(tomcat.output().lines())
                        .anyMatch(line ->
                                line.contains("https://evil.example/realms/akko") && line.contains(keycloak.issuer()));
            }
        }
    }

    @ParameterizedTest(name = "FLT-11 this machine is {0} s ahead of the provider")
    @CsvSource({"40, true", "-40, true", "600, false", "-600, false"})
    void clocksDiffer(int ahead, boolean accepted, Gateway gateway) {
        gateway.providerFails()
                .claims(claims -> List.of("iat", "exp", "auth_time")
                        .forEach(time ->
                                claims.computeIfPresent(time, (name, at) -> ((Number) at).longValue() - ahead)));
        var reply = Attempt.of(gateway, "alice").finish();
        if (accepted) {
            assertThat(reply.status()).isEqualTo(302);
        } else {
            assertThat(reply.status()).isIn(400, 403);
            assertThat(Expect.sessionCookies(reply)).isEmpty();
            assertThat(gateway.output()).contains("compare the clock of this machine");
        }
    }

    @Test
    @DisplayName("FLT-24 a provider whose name leads nowhere")
    void noSuchHost() throws InterruptedException {
        try (var tomcat =
                Tomcat.with(Setup.common("https://idp.invalid/realms/akko")).start()) {
            var http = new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
            Wait.until(Duration.ofSeconds(15), () -> tomcat.output().contains("idp.invalid"));
            assertThat(http.send(Request.get(GET_READY)).status()).isEqualTo(503);
            var start = http.send(Ask.page("GET", "/oauth2/start"));
            assertThat(start.status()).isEqualTo(503);
            Expect.noSession(start);
            assertThat(tomcat.output()).doesNotContain("\tat ").doesNotContain(Setup.CLIENT_SECRET);
        }
    }

    @Test
    @DisplayName("FLT-05 a provider whose keys hang ends a callback in time, and holds up no check")
    void hangingKeys(@In(Setup.ROTATING) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        gateway.keycloak().keys().rotate();
        gateway.providerFails().delay(Endpoint.KEYS, Duration.ofSeconds(60));
        var begun = Instant.now();
        var reply = Attempt.of(gateway, "bob").finish();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(11));
        assertThat(reply.status()).isIn(502, 503, 504);
        Expect.seenByApp(session.browser().get(Session.APP), "alice");
        gateway.keycloak().misbehave();
        // keys are not fetched more often than every ten seconds
        Wait.until(
                Duration.ofSeconds(30),
                () -> Attempt.of(gateway, "bob").finish().status() == 302);
    }

    @Test
    @DisplayName("FLT-23 userinfo that fails at login ends in a session or one clear page, the same every time")
    void userinfoFails(Gateway gateway) {
        gateway.providerFails().answer(Endpoint.USERINFO, 500, "text/plain", "boom");
        var first = Attempt.of(gateway, "alice").finish();
        var second = Attempt.of(gateway, "alice").finish();
        assertThat(first.status()).isEqualTo(second.status()).isIn(302, 502, 503);
    }

    @Test
    @DisplayName("FLT-24 a provider whose certificate nobody vouches for is not spoken to")
    void untrustedCertificate() throws Exception {
        try (var provider = new SelfSigned();
                var tomcat = Tomcat.with(Setup.common("https://localhost:" + provider.port() + "/realms/akko"))
                        .start()) {
            var http = new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
            Wait.until(Duration.ofSeconds(15), () -> provider.handshakes() > 0);
            Thread.sleep(500);
            assertThat(http.send(Request.get(GET_READY)).status()).isEqualTo(503);
            assertThat(http.send(Ask.page("GET", "/oauth2/start")).status()).isEqualTo(503);
            assertThat(provider.requests()).as("nothing was said").isZero();
            assertThat(tomcat.output()).contains("certificate");
        }
    }

    @Test
    @DisplayName("FLT-05 a provider whose discovery hangs does not hold up a request")
    void hangingDiscovery() {
        try (var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET)) {
            keycloak.misbehave().delay(Endpoint.DISCOVERY, Duration.ofSeconds(60));
            try (var tomcat = Tomcat.with(Setup.common(keycloak.issuer())).start()) {
                var http = new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
                for (var request : List.of(
                        Request.get(GET_READY),
                        Ask.page("GET", "/oauth2/start"),
                        Ask.program("/x"),
                        Ask.navigation("/x"))) {
                    var before = Instant.now();
                    assertThat(http.send(request).status()).isIn(401, 503);
                    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
                }
            }
        }
    }
}
