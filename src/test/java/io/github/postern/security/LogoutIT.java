package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTParser;
import io.github.postern.fakes.CookieJar;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.Parameters;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.SetCookie;
import io.github.postern.fakes.Url;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing out ends the session here and at the provider, and leads nowhere else. */
@ExtendWith(Gateways.class)
final class LogoutIT {
    private static final String SIGN_OUT = "https://akko.local/oauth2/sign_out";

    @Test
    @DisplayName("OUT-01 signing out takes every cookie along")
    void everyCookie(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        Attempt.of(gateway, session.browser());
        var before = session.browser().jar().all().stream()
                .map(CookieJar.Cookie::name)
                .toList();
        var reply = session.browser().get(SIGN_OUT);
        assertThat(reply.status()).isIn(302, 303);
        assertThat(reply.cookies())
                .allMatch(cookie -> cookie.attribute("Domain").orElse("").equals("akko.local"));
        assertThat(reply.cookies().stream().filter(SetCookie::deletes).map(SetCookie::name))
                .containsAll(before);
        assertThat(session.browser().jar().all()).noneMatch(cookie -> before.contains(cookie.name()));
        Expect.denied(session.browser().get(Session.APP));
    }

    @Test
    @DisplayName("OUT-02 a copy of the cookie dies with the session, that of another browser does not")
    void copiedCookie(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var other = Session.of(gateway, "alice");
        String copy = session.header();
        session.browser().get(SIGN_OUT);
        var reply = gateway.http().send(Ask.program("/x").with("Cookie", copy));
        Expect.denied(reply);
        assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
        Expect.seenByApp(other.browser().get(Session.APP), "alice");
    }

    @Test
    @DisplayName("OUT-03 signing out leads to no stranger")
    void stranger(Gateway gateway) {
        for (var target : new String[] {"https://evil.example/", "//evil.example", "/\\evil.example"}) {
            var session = Session.of(gateway, "alice");
            var visit = session.browser().open(SIGN_OUT + "?rd=" + encode(target));
            assertThat(visit.hops()).allMatch(hop -> !hop.url().host().contains("evil"));
            assertThat(visit.toString()).doesNotContain("evil.example/");
            Expect.denied(session.browser().get(Session.APP));
        }
    }

    @Test
    @DisplayName("OUT-05 the provider's own logout address is a way out where the operator allows it")
    void endSessionAddress(@In(Setup.GENEROUS) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var target = gateway.keycloak().issuer() + Endpoint.LOGOUT.path() + "?client_id=" + Setup.CLIENT;
        var reply = session.browser().get(SIGN_OUT + "?rd=" + encode(target));
        assertThat(reply.status()).isIn(302, 303);
        assertThat(reply.location()).startsWith(gateway.keycloak().issuer() + Endpoint.LOGOUT.path());
        Expect.denied(session.browser().get(Session.APP));
    }

    @Test
    @DisplayName("OUT-07 the provider's session ends too, by id_token_hint, and the way back is ours")
    void providerSession(Gateway gateway) throws Exception {
        var session = Session.of(gateway, "alice");
        var reply = session.browser().get(SIGN_OUT);
        var sent = Parameters.parse(Url.of(reply.location()).query());
        assertThat(reply.location()).startsWith(gateway.keycloak().issuer() + Endpoint.LOGOUT.path() + "?");
        assertThat(sent.names()).doesNotHaveDuplicates();
        assertThat(sent.get("post_logout_redirect_uri")).startsWith("https://akko.local/");
        assertThat(reply.header("Referrer-Policy")).isIn("no-referrer", "same-origin");
        var sid = JWTParser.parse(sent.get("id_token_hint")).getJWTClaimsSet().getStringClaim("sid");
        var visit = session.browser().open(reply.location());
        assertThat(gateway.keycloak().hasEnded(sid)).isTrue();
        assertThat(visit.page().status()).isEqualTo(200);
        assertThat(visit.address()).startsWith("https://akko.local/");
    }

    @ParameterizedTest(
            name =
                    "OUT-08 an ID token of about {0} bytes still ends the provider''s session, by an address of 8 KB at most")
    @CsvSource({"6000, true", "12000, false"})
    void largeIdToken(int bytes, boolean hinted, Gateway gateway) {
        gateway.keycloak().misbehave().claims(claims -> claims.put("blob", "x".repeat(bytes * 3 / 4 - 700)));
        var session = Session.of(gateway, "alice");
        var reply = session.browser().get(SIGN_OUT);
        var sent = Parameters.parse(Url.of(reply.location()).query());
        assertThat(reply.location()).hasSizeLessThan(8192);
        assertThat(sent.get("client_id")).isEqualTo(Setup.CLIENT);
        assertThat(sent.get("id_token_hint").isEmpty()).isEqualTo(!hinted);
        assertThat(reply.header("Referrer-Policy")).isIn("no-referrer", "same-origin");
        Expect.denied(session.browser().get(Session.APP));
        assertThat(gateway.output()).doesNotContain("id_token_hint");
    }

    @Test
    @DisplayName("OUT-09 signing out without a session is no event")
    void nobody(Gateway gateway) {
        var before = gateway.keycloak().journal().count(Endpoint.LOGOUT);
        for (var cookie : new String[] {"", "_akko_oauth2=broken"}) {
            var request = Ask.page("GET", "/oauth2/sign_out");
            Reply reply = gateway.http().send(cookie.isEmpty() ? request : request.with("Cookie", cookie));
            assertThat(reply.status()).isIn(200, 302, 303);
            assertThat(reply.location()).doesNotContain("id_token_hint");
            if (!cookie.isEmpty()) {
                assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
            }
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.LOGOUT)).isEqualTo(before);
    }

    @Test
    @DisplayName("OUT beyond: an image or a link on another site signs nobody out")
    void crossSite(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        for (var mode : new String[][] {{"no-cors", "image"}, {"navigate", "document"}, {"navigate", "iframe"}}) {
            gateway.http()
                    .send(Ask.page("GET", "/oauth2/sign_out")
                            .with("Cookie", session.browser().cookiesFor(SIGN_OUT))
                            .with("Sec-Fetch-Site", "cross-site")
                            .with("Sec-Fetch-Mode", mode[0])
                            .with("Sec-Fetch-Dest", mode[1])
                            .with("Referer", "https://evil.example/"));
            var last = gateway.exchanges().get(gateway.exchanges().size() - 1).reply();
            assertThat(Expect.expiredSessionCookies(last)).as(mode[1]).isEmpty();
            assertThat(last.location()).doesNotContain("id_token_hint");
        }
        var forged = gateway.http()
                .send(Ask.page("POST", "/oauth2/sign_out")
                        .with("Cookie", session.browser().cookiesFor(SIGN_OUT))
                        .with("Sec-Fetch-Site", "cross-site")
                        .with("Origin", "https://evil.example")
                        .form("rd=%2F"));
        assertThat(Expect.expiredSessionCookies(forged)).isEmpty();
        Expect.seenByApp(session.browser().get(Session.APP), "alice");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
