package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Header;
import io.github.postern.fakes.Parameters;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.fakes.Url;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the trusted proxy may say what the user asked for. */
@ExtendWith(Gateways.class)
final class ForwardedTrustIT {
    private static final String STRANGER = "127.0.0.2";

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Uri", "X-Original-URL", "X-Original-URI", "X-Rewrite-URL", "X_Forwarded_Uri"})
    @DisplayName("FWD-01 a stranger's word about the path opens nothing")
    void strangerOpensNothing(String header, @In(Setup.RULES) Gateway gateway) {
        var bare = Request.get("/oauth2/auth").with(header, "/public/x");
        Expect.denied(gateway.httpFrom(STRANGER).send(bare));
        var full = bare.with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "mlflow.akko.local")
                .with("X-Forwarded-For", "127.0.0.1");
        Expect.denied(gateway.httpFrom(STRANGER).send(full));
    }

    @Test
    @DisplayName("FWD-02 the trusted proxy's word opens what a rule opens, without an identity")
    void trustedProxyOpens(@In(Setup.RULES) Gateway gateway) {
        var reply = gateway.http().send(Rules.control(Ask.program("/public/x")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.all("X-Auth-Request-User").stream().filter(value -> !value.isEmpty()))
                .isEmpty();
        var bare = Rules.control(Request.get("/oauth2/auth").with("X-Forwarded-Uri", "/public/x"));
        assertThat(gateway.http().send(bare).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/secret,/public/x", "/public/x,/secret", "/public/x,/public/x"})
    @DisplayName("FWD-05 two X-Forwarded-Uri lines open nothing, in whatever order")
    void twoLines(String first, String second, @In(Setup.RULES) Gateway gateway) {
        for (var host : new String[] {"mlflow.akko.local", "akko.local"}) {
            var reply = gateway.http()
                    .send(Request.get("/oauth2/auth")
                            .with("X-Forwarded-Method", "GET")
                            .with("X-Forwarded-Proto", "https")
                            .with("X-Forwarded-Host", host)
                            .with("X-Forwarded-Uri", first)
                            .with("x-forwarded-uri", second));
            assertThat(reply.status()).isIn(400, 401, 302);
            Expect.noIdentity(reply);
        }
    }

    @Test
    @DisplayName("FWD-07 a foreign X-Forwarded-Host changes neither redirect_uri nor the way back")
    void foreignHost(Gateway gateway) {
        var browser = gateway.browser("alice");
        var started = browser.get(
                "https://akko.local/oauth2/start",
                new Header("X-Forwarded-Host", "evil.example"),
                new Header("X-Forwarded-Uri", "/x"));
        assertThat(Parameters.parse(Url.of(started.location()).query()).get("redirect_uri"))
                .isEqualTo("https://akko.local/oauth2/callback");
        var callback = browser.openUntilCallback(started.location());
        Expect.home(browser.get(callback.target()).location());
    }

    @Test
    @DisplayName("FWD-07 the auth call for a foreign host does not lead there either")
    void foreignHostOnAuth(Gateway gateway) {
        var browser = gateway.browser("alice");
        var reply = gateway.http().send(Ask.navigation("evil.example", "/x"));
        assertThat(reply.isSuccess()).isFalse();
        assertThat(reply.location()).doesNotContain("//evil.example");
        if (reply.status() == 302) {
            browser.jar().store(Url.of("https://akko.local/"), reply.cookies());
            var callback = browser.openUntilCallback(reply.location());
            Expect.home(browser.get(callback.target()).location());
        }
    }

    @Test
    @DisplayName("FWD-08 X-Forwarded-Proto: http takes Secure from no cookie and https from no address")
    void plainProto(Gateway gateway) {
        var browser = gateway.browser("alice");
        var http = new Header("X-Forwarded-Proto", "http");
        var started = browser.get("https://akko.local/oauth2/start?rd=%2Fx", http);
        assertThat(Parameters.parse(Url.of(started.location()).query()).get("redirect_uri"))
                .isEqualTo("https://akko.local/oauth2/callback");
        var finished = browser.get(browser.openUntilCallback(started.location()).target(), http);
        assertThat(started.cookies()).isNotEmpty();
        assertThat(finished.cookies()).isNotEmpty();
        for (var reply : new Reply[] {started, finished}) {
            assertThat(reply.cookies())
                    .allMatch(cookie -> cookie.attribute("Secure").isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wss", "ws"})
    @DisplayName("FWD-09 a WebSocket's scheme is understood, and never remembered")
    void webSocket(String scheme, Gateway gateway) {
        var browser = gateway.browser("alice");
        browser.open("https://mlflow.akko.local/");
        var upgrade = Request.get("/oauth2/auth")
                .with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Proto", scheme)
                .with("X-Forwarded-Host", "mlflow.akko.local")
                .with("X-Forwarded-Uri", "/ws")
                .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        Expect.identity(
                gateway.http().send(upgrade.with("Cookie", browser.cookiesFor("https://mlflow.akko.local/ws"))),
                "alice");
        Expect.denied(gateway.http().send(upgrade));

        var other = gateway.browser("alice");
        var started = other.get(
                "https://mlflow.akko.local/oauth2/start",
                new Header("X-Forwarded-Proto", scheme),
                new Header("X-Forwarded-Uri", "/ws"));
        var back =
                other.get(other.openUntilCallback(started.location()).target()).location();
        assertThat(back).doesNotStartWith("ws");
    }

    @Test
    @DisplayName("FWD-11 X-Forwarded-Prefix and -Port of the client change nothing")
    void prefixAndPort(@In(Setup.RULES) Gateway gateway) {
        var prefix = new Header("X-Forwarded-Prefix", "/public");
        var port = new Header("X-Forwarded-Port", "1337");
        var reply = gateway.http().send(Ask.program("/secret").with(prefix.name(), prefix.value()));
        Expect.denied(reply);
        var browser = gateway.browser("alice");
        var started = browser.get("https://mlflow.akko.local/secret", prefix, port);
        Expect.denied(started);
        assertThat(started.location()).doesNotContain("1337").doesNotContain("public");
        assertThat(started.cookies())
                .allMatch(cookie -> cookie.attribute("Path").orElse("").equals("/"));
        assertThat(browser.get(browser.openUntilCallback(started.location()).target())
                        .location())
                .isEqualTo("https://mlflow.akko.local/secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "PUT"})
    @DisplayName("FWD-13 an auth call that says nothing about the request is not let in")
    void saysNothing(String method, @In(Setup.RULES) Gateway gateway) {
        var reply = gateway.http().send(Request.of(method, "/oauth2/auth"));
        assertThat(reply.status()).isIn(400, 401, 302, 405);
        Expect.noIdentity(reply);
        var empty = gateway.http()
                .send(Request.of(method, "/oauth2/auth")
                        .with("X-Forwarded-Method", "")
                        .with("X-Forwarded-Host", "")
                        .with("X-Forwarded-Uri", ""));
        assertThat(empty.isSuccess()).isFalse();
    }

    @Test
    @DisplayName("FWD-15 X-Forwarded-For from a stranger makes nobody a trusted client")
    void forwardedFor(@In(Setup.CLIENTS) Gateway gateway) {
        for (var header : new String[] {"X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP"}) {
            Expect.denied(gateway.httpFrom(STRANGER)
                    .send(Ask.program("/x").with(header, "127.0.0.1, 10.0.0.1").with(header, "127.0.0.1")));
        }
        assertThat(gateway.output()).contains(STRANGER);
    }

    @Test
    @DisplayName("FWD-15 control: the client the trusted proxy names is believed")
    void forwardedForControl(@In(Setup.CLIENTS) Gateway gateway) {
        var proxy = gateway.httpFrom("127.0.0.9");
        assertThat(proxy.send(Rules.control(Ask.program("/x").with("X-Forwarded-For", "127.0.0.1")))
                        .isSuccess())
                .isTrue();
        Expect.denied(proxy.send(Ask.program("/x").with("X-Forwarded-For", "192.0.2.1")));
        Expect.denied(proxy.send(Ask.program("/x").with("X-Forwarded-For", "not an address")));
        Expect.denied(proxy.send(Ask.program("/x")));
    }

    @Test
    @DisplayName("FWD-16 naming a header in Connection takes nothing away")
    void connectionHeader(Gateway gateway) {
        var hop = "close, X-Forwarded-Uri, Cookie, X-Forwarded-Host";
        Expect.denied(gateway.http().send(Ask.navigation("/x").with("Connection", hop)));
        var browser = gateway.browser("alice");
        browser.open("https://mlflow.akko.local/");
        Expect.identity(
                gateway.http()
                        .send(Ask.navigation("/x")
                                .with("Cookie", browser.cookiesFor("https://mlflow.akko.local/x"))
                                .with("Connection", hop)),
                "alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-probe/1.29", "GoogleHC/1.0", "kube-probe/1.29 "})
    @DisplayName("FWD-17 a probe's User-Agent opens the health path and nothing else")
    void probes(String agent, @In(Setup.RULES) Gateway gateway) {
        Expect.denied(gateway.http().send(Request.get("/oauth2/auth").with("User-Agent", agent)));
        Expect.denied(gateway.http().send(Ask.program("/x").with("User-Agent", agent)));
        assertThat(gateway.http()
                        .send(Request.get("/ping").with("User-Agent", "kube-probe/1.29"))
                        .status())
                .isEqualTo(200);
    }
}
