package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Parameters;
import io.github.postern.fakes.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The callback is open to everyone; only the end of a login of this browser gets anything from it. */
@ExtendWith(Gateways.class)
final class CallbackIT {
    @Test
    @DisplayName("CBK-01 a code the provider refuses is not tried again")
    void usedCode(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var before = tokenCalls(gateway);
        gateway.keycloak()
                .misbehave()
                .answer(
                        Endpoint.TOKEN,
                        400,
                        "application/json",
                        "{\"error\":\"invalid_grant\",\"error_description\":\"Code not valid\"}");
        Expect.refusedPage(attempt.finish());
        assertThat(tokenCalls(gateway)).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("CBK-02 an attacker's code in the victim's login signs nobody in")
    void injectedCode(Gateway gateway) {
        var attackers = Attempt.of(gateway, "bob");
        var victims = Attempt.of(gateway, "alice");
        Expect.refusedPage(victims.finishWith(victims.queryWith("code", attackers.parameter("code"))));
        // even where the provider forgets to check PKCE, the nonce does not fit
        gateway.keycloak().misbehave().codesForEver();
        var again = Attempt.of(gateway, "alice");
        Expect.refusedPage(again.finishWith(
                again.queryWith("code", Attempt.of(gateway, "bob").parameter("code"))));
        Expect.denied(again.browser().get(Session.APP));
    }

    @Test
    @DisplayName("CBK-05 a refusal by the provider is a page with a way on, not a loop")
    void accessDenied(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var before = tokenCalls(gateway);
        var reply = attempt.finishWith(attempt.queryWith("code", "") + "&error=access_denied");
        assertThat(reply.status()).isEqualTo(403);
        Expect.refusedPage(reply);
        assertThat(reply.text()).containsPattern("(href|action)=\"[^\"]*/oauth2/(start|sign_in)");
        assertThat(tokenCalls(gateway)).isEqualTo(before);
    }

    @Test
    @DisplayName("CBK-05 beyond: an error that belongs to no login of this browser leaves its logins alone")
    void foreignError(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        Expect.refusedPage(attempt.finishWith("?error=access_denied&state=forged"));
        Expect.refusedPage(attempt.finishWith("?error=access_denied"));
        assertThat(attempt.finish().status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onfocus='alert(1)",
                "${1337*7331}#{1337*7331}",
                "</title><svg/onload=alert(1)>",
                "javascript:alert(1)"
            })
    @DisplayName("CBK-06 the provider's words are shown as words")
    void escaped(String text, Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        for (var query : List.of(
                "?error=x&error_description=" + encoded + "&error_uri=" + encoded,
                "?error=" + encoded + "&state=" + attempt.parameter("state"),
                "?state=" + encoded + "&code=" + encoded)) {
            var reply = attempt.finishWith(query);
            Expect.refusedPage(reply);
            Pages.areSafe(reply);
            assertThat(reply.text()).doesNotContain(text.startsWith("$") ? "9801547" : "<script>alert");
            assertThat(reply.text())
                    .doesNotContain("<img src=x")
                    .doesNotContain("<svg/")
                    .doesNotContain("' onfocus='");
            assertThat(reply.text()).doesNotContain("href=\"javascript:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?foo=bar",
                "?code=",
                "?access_token=x&token_type=Bearer",
                "?id_token=e30.e30.e30",
                "?sid=abc",
                "?logout_token=abc",
                "?code=x&code=y&state=a",
                "?%",
                "?code=%ff%fe&state=%00"
            })
    @DisplayName("CBK-08 a callback without the end of a login is refused quietly")
    void nothing(String query, Gateway gateway) {
        var before = tokenCalls(gateway);
        Expect.refusedPage(gateway.browser("alice").get("https://akko.local/oauth2/callback" + query));
        assertThat(tokenCalls(gateway)).isEqualTo(before);
    }

    @Test
    @DisplayName("CBK-08 beyond: tokens in the address sign nobody in, sid in the address signs nobody out")
    void frontChannel(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        Expect.refusedPage(attempt.finishWith(attempt.queryWith("code", "") + "&access_token=x&id_token=e30.e30."));
        var session = Session.of(gateway, "bob");
        session.browser()
                .get("https://akko.local/oauth2/callback?sid=abc&iss="
                        + gateway.keycloak().issuer());
        Expect.seenByApp(session.browser().get(Session.APP), "bob");
    }

    @Test
    @DisplayName("CBK-09 three tabs finished in reverse order end each on its own page")
    void threeTabs(Gateway gateway) {
        var browser = gateway.browser("alice");
        var tabs = List.of("/one", "/two", "/three").stream()
                .map(path -> Attempt.of(gateway, browser, "https://mlflow.akko.local" + path))
                .toList();
        for (int i = 2; i >= 0; i--) {
            var reply = tabs.get(i).finish();
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.location())
                    .isEqualTo("https://mlflow.akko.local"
                            + List.of("/one", "/two", "/three").get(i));
        }
        Expect.seenByApp(browser.get(Session.APP), "alice");
    }

    @Test
    @DisplayName("CBK-12 a cross-site POST, which carries no cookies, ends no login")
    void crossSitePost(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var before = tokenCalls(gateway);
        var form = "code=" + attempt.parameter("code") + "&state=" + attempt.parameter("state") + "&iss="
                + attempt.parameter("iss");
        var reply = gateway.http()
                .send(Ask.page("POST", "/oauth2/callback")
                        .with("Origin", "https://evil.example")
                        .form(form));
        assertThat(reply.status()).isIn(400, 403, 405);
        Expect.noSession(reply);
        assertThat(tokenCalls(gateway)).isEqualTo(before);
    }

    @Test
    @DisplayName("CBK-13 HEAD and OPTIONS neither end a login nor spoil it")
    void safeMethods(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var before = tokenCalls(gateway);
        for (var method : List.of("HEAD", "OPTIONS")) {
            var reply = attempt.browser()
                    .send(
                            attempt.callback().toString(),
                            Request.of(method, attempt.callback().target()));
            assertThat(Expect.sessionCookies(reply)).isEmpty();
            assertThat(reply.cookies()).noneMatch(cookie -> Expect.isLogin(cookie.name()));
        }
        assertThat(tokenCalls(gateway)).isEqualTo(before);
        assertThat(attempt.finish().status()).isEqualTo(302);
        Expect.seenByApp(attempt.browser().get(Session.APP), "alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/callback/",
                "/oauth2/callback;x=y",
                "/OAUTH2/CALLBACK",
                "/oauth2//callback",
                "/oauth2/./callback"
            })
    @DisplayName("CBK-14 other spellings of the callback's path are it, or nothing")
    void spellings(String path, Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var reply = gateway.http()
                .send(Ask.page("GET", path + attempt.callback().query())
                        .with("Cookie", attempt.browser().cookiesFor("https://akko.local/oauth2/callback")));
        if (reply.status() == 302) {
            assertThat(reply.location()).endsWith("/wanted");
        } else {
            assertThat(reply.status()).isIn(400, 404);
        }
    }

    @Test
    @DisplayName("CBK-16 nothing of a callback is stored, referred to or handed on")
    void headers(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var good = attempt.finish();
        var bad = attempt.finishWith("?error=access_denied&state=x");
        for (var reply : List.of(good, bad)) {
            assertThat(reply.header("Cache-Control")).contains("no-store");
            assertThat(reply.header("Referrer-Policy")).isIn("no-referrer", "same-origin");
        }
        assertThat(good.location())
                .doesNotContain("code=")
                .doesNotContain("state=")
                .doesNotContain(attempt.parameter("code"))
                .doesNotContain(attempt.parameter("state"));
    }

    @Test
    @DisplayName("CBK-17 who signs in over another's session is the new person, wholly")
    void otherUser(Gateway gateway) {
        var alice = Session.of(gateway, "alice");
        var bobs = gateway.browser("bob");
        alice.browser().jar().all().forEach(bobs.jar()::put);
        var attempt = Attempt.of(gateway, bobs);
        assertThat(attempt.finish().status()).isEqualTo(302);
        var app = bobs.get(Session.APP);
        Expect.seenByApp(app, "bob");
        assertThat(app.whole()).doesNotContain("alice").doesNotContain(FakeUser.subject("alice"));
        assertThat(app.header("App-Saw-groups")).doesNotContain("/admins");
        var said = bobs.get("https://akko.local/oauth2/userinfo").text();
        assertThat(said).contains("bob@akko.local").doesNotContain("alice");
        assertThat(Parameters.parse(signOut(bobs)).get("id_token_hint")).isNotEmpty();
    }

    private static String signOut(FakeBrowser browser) {
        var location = browser.get("https://akko.local/oauth2/sign_out").location();
        return location.contains("?") ? location.substring(location.indexOf('?')) : "";
    }

    private static long tokenCalls(Gateway gateway) {
        return gateway.keycloak().journal().count(Endpoint.TOKEN);
    }
}
