package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.RedisServer;
import io.github.postern.testbed.Tomcat;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where people are signed in, with sessions in a real Redis. Alice administers, bob does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SessionsPageIT {
    private static final String PAGE = "https://akko.local/oauth2/sessions";
    private static final Pattern HANDLE = Pattern.compile("name=\"handle\" value=\"([^\"]+)\"");

    private FakeKeycloak keycloak;
    private RedisServer redis;
    private Tomcat tomcat;

    @BeforeAll
    void start() {
        keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
        redis = RedisServer.start();
        var environment = Setup.common(keycloak.issuer());
        environment.put("OAUTH2_PROXY_SESSION_STORE_TYPE", "redis");
        environment.put("OAUTH2_PROXY_REDIS_CONNECTION_URL", redis.url());
        environment.put("OAUTH2_PROXY_ADMIN_GROUPS", "/admins");
        tomcat = Tomcat.with(environment).start();
        Wait.until(
                Duration.ofSeconds(20), () -> http().send(Request.get("/ready")).status() == 200);
    }

    @AfterAll
    void stop() {
        tomcat.close();
        redis.close();
        keycloak.close();
    }

    @Test
    void peopleEndTheirOtherSessionsAndNobodyElses() {
        var here = signedIn("bob");
        var there = signedIn("bob");
        var other = signedIn("alice");
        var page = here.get(PAGE);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.body())
                .contains("Firefox on Linux", "192.0.2.7", "Sign out everywhere else")
                .containsOnlyOnce(">this one<")
                .doesNotContain("Somebody else");
        assertThat(handles(page)).hasSize(1);

        String handle = handles(page).get(0);
        assertThat(check("_akko_oauth2=" + handle)).isEqualTo(401);
        post(here, "end=one&handle=" + handle, "cross-site");
        assertThat(check(there)).isEqualTo(200);

        var ended = post(here, "end=one&handle=" + handle, "same-origin");
        assertThat(ended.status()).isEqualTo(303);
        assertThat(ended.location()).isEqualTo(PAGE);
        Wait.until(Duration.ofSeconds(2), () -> check(there) == 401);
        assertThat(check(here)).isEqualTo(200);
        assertThat(check(other)).isEqualTo(200);
    }

    @Test
    void administratorsFindAndEndAnybodysSessions() {
        var bob = signedIn("bob");
        var alice = signedIn("alice");
        assertThat(bob.get(PAGE + "?who=alice").status()).isEqualTo(403);
        assertThat(post(bob, "end=all&subject=" + subject("alice"), "same-origin")
                        .status())
                .isEqualTo(403);
        assertThat(check(alice)).isEqualTo(200);

        assertThat(handles(alice.get(PAGE + "?who=bob%40akko.local"))).isNotEmpty();
        post(alice, "end=all&who=bob&subject=" + subject("bob"), "same-origin");
        Wait.until(Duration.ofSeconds(2), () -> check(bob) == 401);
        assertThat(check(alice)).isEqualTo(200);
        assertThat(tomcat.output())
                .contains("\"event\":\"sessions-ended\"")
                .contains("\"sub\":\"" + FakeUser.subject("bob") + "\",\"by\":\"" + FakeUser.subject("alice") + "\"");
    }

    private FakeBrowser signedIn(String user) {
        var browser = new FakeBrowser(http(), new RawHttp(keycloak.port(), "127.0.0.1", (q, a) -> {}), user);
        assertThat(browser.open(Session.APP).page().status()).isEqualTo(200);
        return browser;
    }

    private static Reply post(FakeBrowser browser, String form, String site) {
        return browser.send(
                PAGE, Request.of("POST", "/oauth2/sessions").form(form).with("Sec-Fetch-Site", site));
    }

    private int check(FakeBrowser browser) {
        return check(browser.cookiesFor(Session.APP));
    }

    private int check(String cookies) {
        return http().send(Ask.program("/x").with("Cookie", cookies)).status();
    }

    private static List<String> handles(Reply page) {
        return HANDLE.matcher(page.body())
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }

    private static String subject(String user) {
        return URLEncoder.encode(FakeUser.subject(user), StandardCharsets.UTF_8);
    }

    private RawHttp http() {
        return new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
    }
}
