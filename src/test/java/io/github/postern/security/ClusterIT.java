package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.CookieJar;
import io.github.postern.fakes.Request;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two replicas that keep sessions in Tomcat's memory and share them by Tomcat's cluster. */
final class ClusterIT extends TwoReplicas {
    private static final String PLANTED = "0123456789ABCDEF0123456789ABCDEF";

    @Override
    Fleet replicas() {
        return Fleet.start(Map.of("OAUTH2_PROXY_SESSION_STORE_TYPE", "tomcat"));
    }

    @Test
    @DisplayName(
            "FIX-01 an identifier that was planted before a login, or belongs to somebody else, is never taken over")
    void planted() {
        var attacker = fleet().signedIn(0, "bob");
        var attackers = attacker.cookiesFor(Session.APP);
        for (var value : new String[] {PLANTED, attackers.substring(attackers.indexOf('=') + 1)}) {
            var victim = fleet().browser(0, "alice");
            victim.jar().put(new CookieJar.Cookie("_akko_oauth2", value, "akko.local", false, "/", true, Instant.MAX));
            victim.open("https://akko.local/oauth2/start?rd=https%3A%2F%2Fmlflow.akko.local%2Fx");
            Expect.identity(fleet().check(1, victim), "alice");
            assertThat(victim.cookiesFor(Session.APP)).doesNotContain(value);
            Expect.denied(fleet().check(0, "_akko_oauth2=" + value));
        }
    }

    @Test
    @DisplayName("FIX-05 whoever does not sign in leaves no session, and a cookie that stands for none is taken away")
    void anonymous() {
        for (int i = 0; i < 200; i++) {
            assertThat(fleet().check(i % 2, "").all("Set-Cookie")).isEmpty();
            assertThat(fleet().http(i % 2).send(Request.get("/ping")).all("Set-Cookie"))
                    .isEmpty();
        }
        var stale = fleet().check(0, "_akko_oauth2=" + PLANTED);
        Expect.denied(stale);
        assertThat(stale.cookie("_akko_oauth2"))
                .hasValueSatisfying(cookie -> assertThat(cookie.deletes()).isTrue());
    }

    @Test
    @DisplayName("the cookie is Tomcat's, and looks as the settings say")
    void dressed() {
        var login = fleet().browser(0, "alice").open(Session.APP);
        var cookie = login.hops().stream()
                .flatMap(hop -> hop.reply().cookie("_akko_oauth2").stream())
                .filter(set -> !set.deletes())
                .findFirst()
                .orElseThrow();
        assertThat(cookie.value()).matches("[0-9A-F]{32}");
        assertThat(cookie.attribute("Domain")).hasValue("akko.local");
        assertThat(cookie.attribute("Path")).hasValue("/");
        assertThat(cookie.attribute("SameSite")).hasValue("Lax");
        assertThat(cookie.attribute("Secure")).isPresent();
        assertThat(cookie.attribute("HttpOnly")).isPresent();
        assertThat(cookie.attribute("Max-Age")).hasValue("604800");
    }
}
