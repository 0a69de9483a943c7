package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.Forgery;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody is told. The {@link Invariants} look through every answer and every line of the log; these tests provoke. */
@ExtendWith(Gateways.class)
final class LeaksIT {
    @Test
    @DisplayName("LEK-01 the log tells no secret at its most talkative")
    void debugLog(@In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        var session = Session.of(gateway, "alice");
        Thread.sleep(1200);
        session.browser().open(Session.APP);
        gateway.providerFails().answer(Endpoint.TOKEN, 500, "text/plain", "boom");
        Attempt.of(gateway, "bob").finish();
        gateway.keycloak().misbehave().claims(claims -> claims.put("nonce", "wrong"));
        Attempt.of(gateway, "bob").finish();
        gateway.keycloak().misbehave();
        session.browser().open("https://akko.local/oauth2/sign_out");
        String sid = gateway.keycloak().lastSessionOf("alice");
        tell(gateway, gateway.keycloak().logoutToken("alice", sid));
        tell(gateway, gateway.keycloak().logoutToken(claims -> claims.put("sid", sid), Forgery.rs512()));
        assertThat(gateway.output()).isNotEmpty();
        // parts of tokens are secrets too: the payload alone tells who somebody is
        gateway.keycloak().journal().secrets().stream()
                .filter(secret -> secret.startsWith("eyJ"))
                .forEach(token -> assertThat(gateway.output()).doesNotContain(token.split("\\.")[1]));
    }

    private static void tell(Gateway gateway, String logoutToken) {
        gateway.http().send(Request.of("POST", "/oauth2/backchannel-logout").form("logout_token=" + logoutToken));
    }

    @Test
    @DisplayName("LEK-02 no refusal shows what we are made of")
    void refusals(Gateway gateway) {
        var http = gateway.http();
        for (var target : List.of(
                "/oauth2/callback",
                "/oauth2/callback?code=x&state=y",
                "/oauth2/auth",
                "/oauth2/userinfo",
                "/oauth2/nothing",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/%",
                "/%00",
                "/..%2f",
                "/a;b=c",
                "/\\",
                "/oauth2/auth%2f",
                "/oauth2/sign_out?rd=%ff",
                "/%c0%ae%c0%ae/",
                "/oauth2/start?rd=%",
                "/" + "a".repeat(60_000),
                "http://evil.example/",
                "*",
                "oauth2/auth",
                "/oauth2/pages/error.jsp",
                "/favicon.ico")) {
            for (var method : List.of("GET", "POST", "TRACE", "PUT", "DELETE", "PROPFIND", "FOO")) {
                var reply = http.send(Request.of(method, target));
                assertThat(reply.status()).as(method + " " + target).isNotEqualTo(500);
                assertThat(reply.isSuccess() && target.contains("INF")).isFalse();
            }
        }
        http.sendBytes("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        http.sendBytes("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n");
        http.sendBytes("GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n");
    }

    @Test
    @DisplayName("LEK-04 nothing of ours is stored by a cache")
    void caches(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var replies = Stream.of(
                gateway.http().send(Ask.navigation("/x")),
                gateway.http().send(Ask.program("/x")),
                gateway.http().send(Ask.program("/x").with("Cookie", session.header())),
                session.browser().get("https://akko.local/oauth2/userinfo"),
                gateway.browser("bob").get("https://akko.local/oauth2/userinfo"),
                session.browser().get("https://akko.local/oauth2/sign_in"),
                session.browser().get("https://akko.local/oauth2/start"),
                session.browser().get("https://akko.local/oauth2/callback"),
                session.browser().get("https://akko.local/oauth2/sign_out"));
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.header("Cache-Control")).as(reply.whole()).contains("no-store");
            assertThat(reply.all("ETag")).isEmpty();
            assertThat(reply.all("Last-Modified")).isEmpty();
        });
    }

    @Test
    @DisplayName("LEK-06 the probes say that they are well, and nothing else")
    void probes(Gateway gateway) {
        for (var path : List.of("/ping", "/ready")) {
            var reply = gateway.http().send(Request.get(path));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().strip()).isEqualTo("OK");
            assertThat(reply.cookies()).isEmpty();
        }
        var before = gateway.output().length();
        for (int i = 0; i < 100; i++) {
            gateway.http().send(Request.get("/ping"));
        }
        assertThat(gateway.output().length() - before).isLessThan(1000);
    }

    @Test
    @DisplayName("LEK-08 neither userinfo nor the status page shows a token")
    void noTokens(@In(Setup.GENEROUS) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        for (var path : List.of("/oauth2/userinfo", "/oauth2/sign_in")) {
            var reply = session.browser().get("https://akko.local" + path);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text())
                    .contains("alice@akko.local")
                    .doesNotContain("eyJ")
                    .doesNotContain("refresh-");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"'><img src=x onerror=alert(1)>",
                "javascript:alert(1)",
                "</a><a href=javascript:alert(1)>",
                "%3Cscript%3E",
                "{{1337*7331}}${1337*7331}"
            })
    @DisplayName("LEK-09 nothing a stranger says is shown as anything but text")
    void reflection(String text, Gateway gateway) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        for (var target : List.of(
                "/oauth2/sign_in?rd=" + encoded,
                "/oauth2/sign_out?rd=" + encoded,
                "/oauth2/callback?error=" + encoded + "&error_description=" + encoded + "&state=" + encoded,
                "/oauth2/start?rd=" + encoded,
                "/oauth2/" + encoded)) {
            var request = Ask.page("GET", target).with("User-Agent", text).with("Referer", text);
            for (var reply : List.of(
                    gateway.http().send(request),
                    gateway.http()
                            .send(Request.get(target)
                                    .with("Host", "akko.local")
                                    .with("X-Forwarded-Host", text)
                                    .with("X-Forwarded-Uri", "/" + text)
                                    .with("User-Agent", text)))) {
                shownAsText(reply);
            }
        }
    }

    @Test
    @DisplayName("LEK-11 no address we send a browser to tells a secret or a person")
    void locations(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        session.browser().open("https://akko.local/oauth2/sign_out");
        var verifier = gateway.keycloak().journal().last(Endpoint.TOKEN).form().get("code_verifier");
        assertThat(gateway.exchanges()).allSatisfy(exchange -> {
            var location = exchange.reply().location().replaceAll("id_token_hint=[^&]*", "");
            assertThat(location)
                    .doesNotContain("alice")
                    .doesNotContain(verifier)
                    .doesNotContain(Setup.CLIENT_SECRET)
                    .doesNotContain("eyJ")
                    .doesNotContain("refresh_token");
        });
    }

    @Test
    @DisplayName("LEK-12 no secret is in the arguments of a process")
    void arguments(Gateway gateway) throws IOException {
        var arguments = Files.readString(
                Path.of("/proc", Long.toString(gateway.tomcat().pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        assertThat(arguments)
                .contains("catalina")
                .doesNotContain(Setup.CLIENT_SECRET)
                .doesNotContain(Setup.COOKIE_SECRET);
        assertThat(ProcessHandle.of(gateway.tomcat().pid()).orElseThrow().children())
                .isEmpty();
    }

    @Test
    @DisplayName("LEK-14 neither code nor state nor a stranger's address is in the log")
    void accessLog(Gateway gateway) {
        var attempt = Attempt.of(
                gateway, gateway.browser("alice"), "https://akko.local/oauth2/start?rd=https://other.example/private");
        attempt.finish();
        assertThat(gateway.output())
                .doesNotContain(attempt.parameter("code"))
                .doesNotContain(attempt.parameter("state"))
                .doesNotContain("other.example/private");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\u001b[31mred",
                "x%0d%0a2026-11-24T00:00:00.000Z INFO  FORGED",
                "x\u0085FORGED",
                "x%E2%80%A8FORGED"
            })
    @DisplayName("LEK beyond: RES-10 nobody writes a line of our log")
    void logInjection(String text, Gateway gateway) {
        var request = Ask.program("/" + text)
                .with("User-Agent", text)
                .with("X-Forwarded-For", text)
                .with("X-Request-Id", text);
        assertThat(gateway.http().send(request).status()).isIn(400, 401);
        gateway.http()
                .send(Ask.page("GET", "/oauth2/callback?error=" + encode(text) + "&error_description=" + encode(text)));
        gateway.http().send(Ask.page("GET", "/oauth2/callback?error=a%0d%0aFORGED%1b[31m&state=%0d%0aFORGED"));
        assertThat(gateway.output())
                .doesNotContain("\u001b")
                .doesNotContain("\nFORGED")
                .doesNotContain("\u0085");
    }

    private static String encode(String text) {
        return text.contains("%") ? text : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void shownAsText(Reply reply) {
        assertThat(reply.text())
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .doesNotContain("9801547");
        if (reply.header("Content-Type").startsWith("text/html")) {
            Pages.areSafe(reply);
        }
        assertThat(reply.location()).doesNotStartWith("javascript").doesNotContain("<");
    }
}
