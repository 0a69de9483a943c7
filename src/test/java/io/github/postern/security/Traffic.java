package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Forgery;
import io.github.postern.fakes.Header;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

/**
 * Everything that people, programs, the provider and strangers do to a gateway, so that every number of it moves. The gateway must renew
 * sessions every second, know the suite's people, addresses and rules, and accept bearer tokens.
 *
 * @param keycloak the provider
 * @param postern the gateway
 */
record Traffic(FakeKeycloak keycloak, Replica postern) {
    /** What the gateway needs beside the suite's usual settings. */
    static final Map<String, String> SETTINGS = Map.of(
            "COOKIE_REFRESH", "1s",
            "COOKIE_EXPIRE", "1h",
            "EMAIL_DOMAINS", "akko.local",
            "HTPASSWD_FILE", LocalFiles.FIXED.toString(),
            "ACCESS_RULES_FILE", RulesFile.name(),
            "SKIP_JWT_BEARER_TOKENS", "true",
            "BEARER_TOKEN_LOGIN_FALLBACK", "false");

    private static final String OURS = "https://akko.local/oauth2/";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** All of it once. */
    void happens() {
        checks();
        logins();
        signOuts();
        providerSignOuts();
        renewals();
    }

    private void checks() {
        String alice = cookies("alice");
        Expect.identity(postern.check(alice), "alice");
        Expect.denied(postern.http().send(Ask.program("/x")));
        Expect.forbidden(ask(of("old.akko.local"), alice));
        assertThat(ask(of("portal.akko.local"), alice).status()).isEqualTo(200);
        assertThat(ask(of("strong.akko.local"), alice).status()).isEqualTo(401);
        Expect.denied(postern.http().send(Ask.program("/x").with("Authorization", "Bearer of.no.use")));
        Expect.denied(postern.http().send(Ask.program("/x").with("Authorization", "Basic Ym9iOndyb25n")));
    }

    private void logins() {
        Expect.refusedPage(postern.http().send(Ask.page("GET", "/oauth2/callback?code=x&state=y")));
        var form = "username=carol&password=" + encoded(LocalFiles.PASSWORD);
        assertThat(postern.http()
                        .send(Ask.page("POST", "/oauth2/sign_in").form(form))
                        .status())
                .isEqualTo(302);
        keycloak.changeClientSecret("another-secret-of-the-client");
        fails("alice");
        keycloak.changeClientSecret(Setup.CLIENT_SECRET);
        keycloak.misbehave().answer(Endpoint.TOKEN, 503, "text/plain", "down");
        fails("alice");
        keycloak.misbehave().claims(claims -> claims.remove("email")).userinfo(claims -> claims.remove("email"));
        fails("bob");
        keycloak.misbehave();
    }

    private void fails(String user) {
        assertThat(postern.browser(user).open(Session.APP).page().status()).isNotEqualTo(200);
    }

    private void signOuts() {
        postern.signIn("alice").open(OURS + "sign_out");
        var bob = postern.signIn("bob");
        postern.signIn("bob");
        var everywhere =
                Request.of("POST", "/oauth2/sessions").form("end=others").with("Sec-Fetch-Site", "same-origin");
        assertThat(bob.send(OURS + "sessions", everywhere).status()).isIn(303, 404);
    }

    private void providerSignOuts() {
        String cookies = cookies("alice");
        String sid = keycloak.lastSessionOf("alice");
        assertThat(logout(keycloak.logoutToken(
                                claims -> {
                                    claims.put("sub", FakeUser.subject("alice"));
                                    claims.put("sid", sid);
                                },
                                Forgery.brokenSignature()))
                        .status())
                .isEqualTo(400);
        assertThat(logout(keycloak.logoutToken("alice", sid)).status()).isEqualTo(200);
        Expect.denied(postern.check(cookies));
        FakeBrowser bob = postern.signIn("bob");
        String address = OURS + "frontchannel-logout?iss=" + encoded(keycloak.issuer()) + "&sid=";
        bob.get(address + keycloak.lastSessionOf("bob"));
        Expect.denied(bob.get(Session.APP));
    }

    private Reply logout(String token) {
        return postern.http()
                .send(Request.of("POST", "/oauth2/backchannel-logout").form("logout_token=" + token));
    }

    private void renewals() {
        FakeBrowser alice = postern.signIn("alice");
        String bob = cookies("bob");
        keycloak.endSessionsOf("bob");
        Wait.until(PATIENCE, () -> postern.check(bob).status() == 401);
        renewed(alice, () -> keycloak.misbehave());
        renewed(alice, () -> keycloak.misbehave().answer(Endpoint.TOKEN, 503, "text/plain", "down"));
        renewed(alice, () -> keycloak.misbehave().tokenAnswer(answer -> answer.put("refresh_token", noise())));
        keycloak.misbehave();
    }

    /** The provider is asked to renew the session of this browser, once it is told how to answer. */
    private void renewed(FakeBrowser browser, Runnable answer) {
        answer.run();
        long before = keycloak.journal().count(Endpoint.TOKEN);
        Wait.until(PATIENCE, () -> {
            browser.get(Session.APP);
            return keycloak.journal().count(Endpoint.TOKEN) > before;
        });
        browser.get(Session.APP, new Header("Priority", "u=0, i"));
    }

    /** A token that no cookie can hold, however well it is deflated. */
    private static String noise() {
        byte[] noise = new byte[15_000];
        new Random(4711).nextBytes(noise);
        return HexFormat.of().formatHex(noise);
    }

    private String cookies(String user) {
        return postern.signIn(user).cookiesFor(Session.APP);
    }

    private Reply ask(Request request, String cookies) {
        return postern.http().send(request.with("Cookie", cookies));
    }

    private static Request of(String host) {
        return Request.get("/oauth2/auth")
                .with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", host)
                .with("X-Forwarded-Uri", "/public/x")
                .with("Accept", "application/json");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
