package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.CookieJar;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing a browser holds before a login is worth anything after it. */
@ExtendWith(Gateways.class)
final class FixationIT {
    @Test
    @DisplayName("FIX-01 cookies planted before a login open nothing after it")
    void planted(Gateway gateway) {
        var attackers = Session.of(gateway, "bob").value();
        var victim = gateway.browser("alice");
        for (var name : new String[] {"JSESSIONID", "_akko_oauth2_csrf", "_akko_oauth2_tokens"}) {
            victim.jar().put(cookie(name, "0123456789ABCDEF0123456789ABCDEF"));
        }
        victim.jar().put(cookie("_akko_oauth2", attackers));
        assertThat(Attempt.of(gateway, victim).finish().status()).isEqualTo(302);
        Expect.seenByApp(victim.get(Session.APP), "alice");
        var own = victim.jar().all().stream()
                .filter(cookie -> cookie.name().equals("_akko_oauth2"))
                .toList();
        assertThat(own).hasSize(1).noneMatch(cookie -> cookie.value().equals(attackers));
        Expect.denied(
                gateway.http().send(Ask.program("/x").with("Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF")));
        assertThat(gateway.exchanges())
                .allMatch(exchange -> exchange.reply().cookie("JSESSIONID").isEmpty());
    }

    @Test
    @DisplayName("FIX-03 the sign-in page never shows over a session that still works")
    void signInPage(Gateway gateway) {
        // GHSA-f24x-5g9q-753f: a page that says "sign in" while the old session lives on. Ours shows who is signed in,
        // with a way out;
        // where it offers a login, whatever session cookies came are taken away.
        var session = Session.of(gateway, "alice");
        var status = session.browser().get("https://akko.local/oauth2/sign_in");
        assertThat(status.status()).isEqualTo(200);
        boolean stillSignedIn = session.browser().get(Session.APP).status() == 200;
        if (stillSignedIn) {
            assertThat(status.text()).contains("alice@akko.local").contains("/oauth2/sign_out");
        }
        var broken = gateway.http()
                .send(Ask.page("GET", "/oauth2/sign_in")
                        .with("Cookie", "_akko_oauth2=broken; _akko_oauth2_0=a; _akko_oauth2_1=b"));
        assertThat(broken.text()).doesNotContain("alice");
        assertThat(Expect.expiredSessionCookies(broken).stream().map(each -> each.name()))
                .contains("_akko_oauth2", "_akko_oauth2_0", "_akko_oauth2_1");
    }

    @Test
    @DisplayName("FIX-05 a thousand anonymous checks and pings leave nothing behind")
    void anonymous(Gateway gateway) {
        for (int i = 0; i < 1000; i++) {
            leavesNothing(gateway.http().send(i % 2 == 0 ? Request.get("/oauth2/auth") : Ask.program("/x")));
            leavesNothing(gateway.http().send(Request.get("/ping")));
        }
    }

    @Test
    @DisplayName("FIX-06 a session renewed ten times is still the same person's")
    void renewed(@In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        gateway.keycloak().misbehave().rotation();
        var session = Session.of(gateway, "alice");
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        for (int i = 0; i < 10; i++) {
            Thread.sleep(1100);
            Expect.seenByApp(session.browser().open(Session.APP).page(), "alice");
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before).isBetween(5L, 10L);
    }

    private static void leavesNothing(Reply reply) {
        assertThat(reply.all("Set-Cookie")).isEmpty();
    }

    private static CookieJar.Cookie cookie(String name, String value) {
        return new CookieJar.Cookie(name, value, "akko.local", false, "/", true, Instant.MAX);
    }
}
