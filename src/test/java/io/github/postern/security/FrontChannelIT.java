package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The provider's signed-out page ends the session of the browser that shows it (OpenID Connect Front-Channel Logout 1.0). */
@ExtendWith(Gateways.class)
final class FrontChannelIT {
    private static final String ADDRESS = "https://akko.local/oauth2/frontchannel-logout";

    @Test
    @DisplayName("OUT-27 the provider's page ends the browser's session, a copy of its cookie too")
    void endsTheSession(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        String copy = session.header();
        String sid = gateway.keycloak().lastSessionOf("alice");
        var reply = session.browser().get(address(gateway.keycloak().issuer(), sid));
        assertThat(reply.status()).isEqualTo(200);
        isFramedByTheProviderOnly(gateway, reply);
        assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
        Expect.denied(session.browser().get(Session.APP));
        Expect.denied(gateway.http().send(Ask.program("/x").with("Cookie", copy)));
        assertThat(gateway.output()).contains("\"by\":\"front-channel\",\"sessions\":\"one\"");
    }

    @Test
    @DisplayName("OUT-27 a wrong issuer, a wrong session or half of it changes nothing")
    void endsNothing(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        String issuer = gateway.keycloak().issuer();
        String sid = gateway.keycloak().lastSessionOf("alice");
        Session.of(gateway, "alice");
        String another = gateway.keycloak().lastSessionOf("alice");
        for (var address : List.of(
                address("https://evil.example/", sid),
                address(issuer + "/", sid),
                address(issuer, another),
                address(issuer, ""),
                address(issuer, sid) + "&sid=" + sid,
                ADDRESS + "?iss=" + encode(issuer),
                ADDRESS + "?sid=" + sid,
                ADDRESS)) {
            var reply = session.browser().get(address);
            assertThat(reply.status()).as(address).isIn(200, 400);
            isFramedByTheProviderOnly(gateway, reply);
            assertThat(reply.cookies()).as(address).isEmpty();
            Expect.seenByApp(session.browser().get(Session.APP), "alice");
        }
        assertThat(gateway.output()).doesNotContain("\"by\":\"front-channel\",\"sessions\"");
    }

    @Test
    @DisplayName("OUT-27 beyond: whoever has no session learns nothing, and a HEAD ends none")
    void nobody(Gateway gateway) {
        String address = address(gateway.keycloak().issuer(), "whatever");
        var reply = gateway.browser("alice").get(address);
        assertThat(reply.status()).isEqualTo(200);
        var session = Session.of(gateway, "alice");
        String own = address(gateway.keycloak().issuer(), gateway.keycloak().lastSessionOf("alice"));
        for (var method : List.of("HEAD", "POST", "PUT")) {
            var target = own.substring("https://akko.local".length());
            var refused = session.browser().send(own, Request.of(method, target));
            assertThat(refused.status()).isEqualTo(405);
        }
        Expect.seenByApp(session.browser().get(Session.APP), "alice");
    }

    private static void isFramedByTheProviderOnly(Gateway gateway, Reply reply) {
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; frame-ancestors http://127.0.0.1:"
                        + gateway.keycloak().port());
        assertThat(reply.all("X-Frame-Options")).isEmpty();
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
    }

    private static String address(String issuer, String sid) {
        return ADDRESS + "?iss=" + encode(issuer) + "&sid=" + sid;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
