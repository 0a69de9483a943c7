package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.Header;
import io.github.postern.fakes.Url;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After a login the browser goes where it was going, and nowhere else. */
@ExtendWith(Gateways.class)
final class RedirectTargetIT {
    private static final Url CALLBACK = Url.of("https://akko.local/oauth2/callback");

    @Test
    @DisplayName("RDT-01 none of several hundred open redirects leaves our domain")
    void noEscape(Gateway gateway) {
        var targets = OpenRedirects.all();
        assertThat(targets).hasSizeGreaterThan(400);
        var escapes = new ArrayList<String>();
        for (var target : targets) {
            var location = afterLogin(gateway.browser("alice"), target);
            if (!staysWithUs(location)) {
                escapes.add(target + " -> " + location);
            }
        }
        assertThat(escapes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\\evil.example", "/%5Cevil.example"})
    @DisplayName("RDT-03 a backslash is a slash to browsers")
    void backslash(String target, Gateway gateway) {
        Expect.home(afterLogin(gateway.browser("alice"), target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "///evil.example", "/%2f/evil.example"})
    @DisplayName("RDT-04 two slashes name a host")
    void slashes(String target, Gateway gateway) {
        Expect.home(afterLogin(gateway.browser("alice"), target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/\t/evil.example",
                "/\n\\evil.example",
                "/\r/evil.example",
                "/\u000b/evil.example",
                "/ /evil.example",
                "/\t\n\r /evil.example",
                "/%09/evil.example",
                "/%0a\\evil.example"
            })
    @DisplayName("RDT-05 invisible characters between slashes vanish in browsers")
    void invisible(String target, Gateway gateway) {
        Expect.home(afterLogin(gateway.browser("alice"), target));
    }

    @Test
    @DisplayName("RDT-06 a host that only begins like ours is not ours")
    void lookAlike(Gateway gateway) {
        Expect.home(afterLogin(gateway.browser("alice"), "https://akko.local.evil.example/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://akko.local@evil.example/", "https://akko.local:443@evil.example/"})
    @DisplayName("RDT-08 user information is not a host")
    void userInformation(String target, Gateway gateway) {
        Expect.home(afterLogin(gateway.browser("alice"), target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "ftp://akko.local/"
            })
    @DisplayName("RDT-10 only http and https are ways back")
    void schemes(String target, Gateway gateway) {
        Expect.home(afterLogin(gateway.browser("alice"), target));
    }

    @Test
    @DisplayName("RDT-12 a domain without a port does not cover other ports")
    void port(Gateway gateway) {
        Expect.home(afterLogin(gateway.browser("alice"), "https://akko.local:8443/x"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://akko.local:8443/x,true",
        "https://akko.local:8444/x,false",
        "https://mlflow.akko.local:8443/x,false",
        "https://mlflow.akko.local:9443/x,true",
        "https://opensearch.akko.local:5601/x,true",
        "https://opensearch.akko.local/x,true"
    })
    @DisplayName("RDT-12 a domain with a port covers that port, with a star all")
    void whitelistedPort(String target, boolean kept, @In(Setup.GENEROUS) Gateway gateway) {
        var location = afterLogin(gateway.browser("alice"), target);
        if (kept) {
            assertThat(location).isEqualTo(target);
        } else {
            Expect.home(location);
        }
    }

    @Test
    @DisplayName("RDT-13 an address of ours comes back exactly, fragment included")
    void exact(Gateway gateway) {
        var target = "https://opensearch.akko.local/app?x=1#/y";
        assertThat(afterLogin(gateway.browser("alice"), target)).isEqualTo(target);
    }

    @Test
    @DisplayName("RDT-14 a dashboard's address comes back byte for byte, raw characters encoded at most")
    void dashboards(Gateway gateway) {
        var path = "/app/discover?_g=(filters:!(),q:'a b')&_a={\"x\":[1]}&p=a%2Fb%20c+d";
        var browser = gateway.browser("alice");
        var started = browser.get("https://opensearch.akko.local/", new Header("X-Forwarded-Uri", path));
        Expect.denied(started);
        var location = browser.get(browser.openUntilCallback(started.location()).target())
                .location();
        assertThat(location).matches(encodedAtMost("https://opensearch.akko.local" + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example"})
    @DisplayName("RDT-15 X-Auth-Request-Redirect leads nobody away")
    void redirectHeader(String target, Gateway gateway) {
        var header = new Header("X-Auth-Request-Redirect", target);
        var browser = gateway.browser("alice");
        var bare = browser.get("https://akko.local/oauth2/start", header);
        Expect.home(finish(browser, bare.location()));
        var withTarget = browser.get("https://akko.local/oauth2/start?rd=%2Fmine", header);
        assertThat(finish(browser, withTarget.location())).isIn("/mine", "https://akko.local/mine");
    }

    /** How a proxy that cannot write {@code rd} tells where its user came from. */
    @ParameterizedTest
    @CsvSource({
        "/mine?x=1, /mine?x=1",
        "https://mlflow.akko.local/x, https://mlflow.akko.local/x",
        "https://evil.example/, /",
    })
    void redirectHeaderToOurOwn(String target, String expected, Gateway gateway) {
        var header = new Header("X-Auth-Request-Redirect", target);
        var browser = gateway.browser("alice");
        var started = browser.get("https://akko.local/oauth2/start", header);
        assertThat(finish(browser, started.location())).isIn(expected, "https://akko.local" + expected);
        var page = gateway.browser("bob").get("https://akko.local/oauth2/sign_in", header);
        assertThat(page.body().contains("mlflow.akko.local")).isEqualTo(target.contains("mlflow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/sign_in", "/oauth2/start", "/oauth2/callback?code=x", "/oauth2/sign_out"})
    @DisplayName("RDT-16 our own endpoints are no way back: no loop, no sign-out")
    void ownEndpoints(String target, Gateway gateway) {
        for (var rd : new String[] {target, "https://akko.local" + target}) {
            var browser = gateway.browser("alice");
            var location = afterLogin(browser, rd);
            if (!location.endsWith("/oauth2/sign_in")) {
                Expect.home(location);
            }
            Expect.seenByApp(browser.get("https://mlflow.akko.local/"), "alice");
        }
    }

    @Test
    @DisplayName("RDT-19 an address of 16 KB costs neither a cookie nor a 500")
    void long16k(Gateway gateway) {
        var browser = gateway.browser("alice");
        var reply = browser.get("https://akko.local/oauth2/start?rd=/" + "a".repeat(16 * 1024));
        assertThat(reply.status()).isIn(302, 400, 414);
        for (var line : reply.all("Set-Cookie")) {
            assertThat(line.split(";")[0].length()).isLessThanOrEqualTo(4096);
        }
        if (reply.status() == 302) {
            assertThat(staysWithUs(finish(browser, reply.location()))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\r\nSet-Cookie: x=1", "/\r\n\r\n<script>", "/%0d%0aSet-Cookie:%20x=1"})
    @DisplayName("RDT-20 line ends in an address make no header and no body")
    void lineEnds(String target, Gateway gateway) {
        var browser = gateway.browser("alice");
        var finished = browser.get(callbackFor(browser, target));
        assertThat(finished.cookies()).noneMatch(cookie -> cookie.name().equals("x"));
        assertThat(finished.body()).doesNotContain("<script>");
        assertThat(staysWithUs(finished.location())).isTrue();
    }

    /** Where the browser is sent after a login that began with {@code rd}. */
    private static String afterLogin(FakeBrowser browser, String rd) {
        return browser.get(callbackFor(browser, rd)).location();
    }

    private static String callbackFor(FakeBrowser browser, String rd) {
        var encoded = URLEncoder.encode(rd, StandardCharsets.UTF_8);
        var visit = browser.openUntilCallback("https://akko.local/oauth2/start?rd=" + encoded);
        assertThat(visit.page().status()).as(rd + "\n" + visit).isEqualTo(302);
        return visit.target();
    }

    private static String finish(FakeBrowser browser, String authorization) {
        return browser.get(browser.openUntilCallback(authorization).target()).location();
    }

    private static boolean staysWithUs(String location) {
        if (location.isEmpty() || !location.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return false;
        }
        var there = CALLBACK.resolve(location);
        return there.scheme().matches("https?")
                && (there.host().equals("akko.local") || there.host().endsWith(".akko.local"));
    }

    /** A pattern of the address in which raw reserved characters may be percent-encoded, and nothing else may differ. */
    private static String encodedAtMost(String address) {
        return address.chars()
                .mapToObj(c -> Character.isLetterOrDigit(c) || "%+&=/?.-_~".indexOf(c) >= 0
                        ? Pattern.quote(Character.toString(c))
                        : "(?:" + (c == ' ' || c == '"' ? "" : Pattern.quote(Character.toString(c)) + "|")
                                + String.format("%%%02X", c) + ")")
                .collect(Collectors.joining());
    }
}
