package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import io.github.postern.fakes.CookieJar;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Parameters;
import io.github.postern.fakes.Request;
import io.github.postern.fakes.Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A login belongs to the browser that began it, works once, and for a short time. */
@ExtendWith(Gateways.class)
final class LoginStateIT {
    @Test
    @DisplayName("LGN-01 each login has its own state, nonce and PKCE challenge")
    void ownValues(Gateway gateway) {
        var first = authorization(gateway);
        var second = authorization(gateway);
        for (var sent : List.of(first, second)) {
            assertThat(sent.get("response_type")).isEqualTo("code");
            assertThat(sent.get("client_id")).isEqualTo(Setup.CLIENT);
            assertThat(sent.get("redirect_uri")).isEqualTo("https://akko.local/oauth2/callback");
            assertThat(sent.get("scope").split(" ")).contains("openid");
            assertThat(sent.get("state").length()).isGreaterThanOrEqualTo(22);
            assertThat(sent.get("nonce").length()).isGreaterThanOrEqualTo(22);
            assertThat(sent.get("code_challenge")).hasSize(43);
            assertThat(sent.get("code_challenge_method")).isEqualTo("S256");
        }
        for (var name : List.of("state", "nonce", "code_challenge")) {
            assertThat(first.get(name)).isNotEqualTo(second.get(name));
        }
    }

    @Test
    @DisplayName("LGN-02 an attacker's finished login opened by a victim signs nobody in")
    void loginCsrf(Gateway gateway) {
        var attackers = Attempt.of(gateway, "bob");
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        var victim = gateway.browser("alice");
        var reply = victim.get(attackers.callback().toString());
        Expect.refusedPage(reply);
        assertThat(reply.status()).isEqualTo(403);
        Expect.denied(victim.get("https://mlflow.akko.local/"));
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(before);
    }

    @Test
    @DisplayName("LGN-04 a state that differs in one character is another state")
    void changedState(Gateway gateway) {
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        for (int position : new int[] {0, 1, 7, -1}) {
            var attempt = Attempt.of(gateway, "alice");
            var state = new StringBuilder(attempt.parameter("state"));
            int at = position < 0 ? state.length() - 1 : position;
            state.setCharAt(at, state.charAt(at) == 'A' ? 'B' : 'A');
            Expect.refusedPage(attempt.finishWith(attempt.queryWith("state", state.toString())));
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "state=", "state=%3A", "state=abc", "state=a&state=b", "state=%00", "state=%", "state=../x"})
    @DisplayName("LGN-05 a missing, empty or short state is refused quietly")
    void oddState(String state, Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        var query = attempt.queryWith("state", "");
        Expect.refusedPage(attempt.finishWith(state.isEmpty() ? query : query + "&" + state));
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(before);
    }

    @Test
    @DisplayName("LGN-07 a login that took too long is refused, with an offer to sign in again")
    void expired(@In(Setup.SHORT) Gateway gateway) throws InterruptedException {
        var attempt = Attempt.of(gateway, "alice");
        var cookies = attempt.browser().cookiesFor("https://akko.local/oauth2/callback");
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        Thread.sleep(4500);
        var reply =
                gateway.http().send(Ask.page("GET", attempt.callback().target()).with("Cookie", cookies));
        Expect.refusedPage(reply);
        assertThat(reply.text()).containsPattern("(href|action)=\"[^\"]*/oauth2/(start|sign_in)");
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(before);
    }

    @Test
    @DisplayName("LGN-08 a state works once, even if the provider takes the code twice")
    void replay(Gateway gateway) {
        gateway.keycloak().misbehave().codesForEver();
        var attempt = Attempt.of(gateway, "alice");
        var cookies = attempt.browser().cookiesFor("https://akko.local/oauth2/callback");
        assertThat(attempt.finish().status()).isEqualTo(302);
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        Expect.refusedPage(
                gateway.http().send(Ask.page("GET", attempt.callback().target()).with("Cookie", cookies)));
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(before);
    }

    @Test
    @DisplayName("LGN-09 the token request proves who asks and that it is the same login")
    void tokenRequest(Gateway gateway) throws Exception {
        var attempt = Attempt.of(gateway, "alice");
        assertThat(attempt.finish().status()).isEqualTo(302);
        var call = gateway.keycloak().journal().last(Endpoint.TOKEN);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.form().get("grant_type")).isEqualTo("authorization_code");
        assertThat(call.form().get("redirect_uri")).isEqualTo("https://akko.local/oauth2/callback");
        var verifier = call.form().get("code_verifier");
        assertThat(verifier.length()).isBetween(43, 128);
        var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64URL.encode(hash).toString())
                .isEqualTo(attempt.authorization().get("code_challenge"));
        assertThat(call.query().pairs()).isEmpty();
        assertThat(call.authorization().startsWith("Basic ")
                        ^ !call.form().get("client_secret").isEmpty())
                .isTrue();
    }

    @Test
    @DisplayName("LGN-12 a callback without the issuer, or with another one, is a mix-up")
    void issuer(Gateway gateway) {
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        var without = Attempt.of(gateway, "alice");
        Expect.refusedPage(without.finishWith(without.queryWith("iss", "")));
        var wrong = Attempt.of(gateway, "alice");
        Expect.refusedPage(wrong.finishWith(wrong.queryWith("iss", "https%3A%2F%2Fevil.example%2Frealms%2Fakko")));
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(before);
        assertThat(Attempt.of(gateway, "alice").finish().status()).isEqualTo(302);
    }

    @Test
    @DisplayName("LGN-13 a link cannot choose what we ask of the provider")
    void parametersOfALink(Gateway gateway) {
        var sent = Parameters.parse(Url.of(gateway.browser("alice")
                        .get("https://akko.local/oauth2/start?scope=admin&prompt=none&redirect_uri=https://evil.example"
                                + "&client_id=x&response_type=token&state=fixed&nonce=fixed&code_challenge_method=plain"
                                + "&max_age=0&acr_values=9&response_mode=fragment&login_hint=bob")
                        .location())
                .query());
        assertThat(sent.get("scope").split(" ")).doesNotContain("admin").contains("openid");
        assertThat(sent.all("prompt")).isEmpty();
        assertThat(sent.all("redirect_uri")).containsExactly("https://akko.local/oauth2/callback");
        assertThat(sent.all("client_id")).containsExactly(Setup.CLIENT);
        assertThat(sent.all("response_type")).containsExactly("code");
        assertThat(sent.all("state")).hasSize(1).doesNotContain("fixed");
        assertThat(sent.all("nonce")).hasSize(1).doesNotContain("fixed");
        assertThat(sent.all("code_challenge_method")).containsExactly("S256");
        assertThat(sent.names()).doesNotContain("max_age", "acr_values", "login_hint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "state=a&state=b", "scope=openid&prompt=login&acr_values=1"})
    @DisplayName("LGN-14 no parameter is sent to the provider twice")
    void noDuplicates(String query, @In(Setup.RULES) Gateway gateway) {
        var sent = Parameters.parse(Url.of(gateway.browser("alice")
                        .get("https://akko.local/oauth2/start?" + query)
                        .location())
                .query());
        assertThat(sent.names()).doesNotHaveDuplicates().contains("state", "nonce", "prompt", "acr_values");
        assertThat(sent.get("prompt")).isEqualTo("login");
    }

    @Test
    @DisplayName("LGN-15 the login cookie is short-lived, shut and well marked")
    void loginCookie(Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var cookie = gateway.exchanges().stream()
                .flatMap(exchange -> exchange.reply().cookies().stream())
                .filter(each -> Expect.isLogin(each.name()))
                .findFirst()
                .orElseThrow();
        assertThat(cookie.attribute("HttpOnly")).isPresent();
        assertThat(cookie.attribute("Secure")).isPresent();
        assertThat(cookie.attribute("SameSite"))
                .hasValueSatisfying(value -> assertThat(value).isEqualToIgnoringCase("lax"));
        assertThat(cookie.attribute("Path")).hasValue("/");
        assertThat(cookie.attribute("Domain")).hasValue("akko.local");
        assertThat(cookie.maxAge()).hasValueSatisfying(age -> assertThat(age).isBetween(1L, 900L));
        assertThat(cookie.name().length() + cookie.value().length()).isLessThanOrEqualTo(4096);
        attempt.finish();
        var verifier = gateway.keycloak().journal().last(Endpoint.TOKEN).form().get("code_verifier");
        var readable = Readable.in(cookie.name() + "|" + cookie.value());
        assertThat(readable)
                .noneMatch(text -> text.contains(attempt.parameter("state"))
                        || text.contains(attempt.authorization().get("nonce"))
                        || text.contains(verifier));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tampered", "truncated", "empty", "other secret", "session", "other attempt"})
    @DisplayName("LGN-16 a login cookie that is not exactly ours is none")
    void badLoginCookie(String how, Gateway gateway, @In(Setup.OTHER_SECRET) Gateway other) {
        var attempt = Attempt.of(gateway, "alice");
        var cookie = attempt.loginCookie();
        var value = switch (how) {
            case "tampered" ->
                cookie.value().substring(0, 20)
                        + (cookie.value().charAt(20) == 'A' ? 'B' : 'A')
                        + cookie.value().substring(21);
            case "truncated" -> cookie.value().substring(0, cookie.value().length() / 2);
            case "other secret" -> Attempt.of(other, "alice").loginCookie().value();
            case "other attempt" -> Attempt.of(gateway, "alice").loginCookie().value();
            case "session" -> Session.of(gateway, "alice").value();
            default -> "";
        };
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        var reply = gateway.http()
                .send(Ask.page("GET", attempt.callback().target()).with("Cookie", cookie.name() + "=" + value));
        Expect.refusedPage(reply);
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(before);
    }

    @Test
    @DisplayName("LGN-17 twenty people who log in at once are twenty people")
    void twentyAtOnce(Gateway gateway) throws Exception {
        var names = IntStream.range(0, 20).mapToObj(i -> "person" + i).toList();
        names.forEach(name -> gateway.keycloak().add(FakeUser.named(name)));
        var threads = Executors.newFixedThreadPool(20);
        try {
            var seen = new HashSet<String>();
            for (var result : threads.invokeAll(
                    names.stream().map(name -> whoAmI(gateway, name)).toList())) {
                seen.add(result.get());
            }
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(names.stream()
                            .map(name -> name + " is " + name + "@akko.local")
                            .toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<String> whoAmI(Gateway gateway, String name) {
        return () -> {
            var browser = gateway.browser(name);
            browser.open("https://mlflow.akko.local/");
            var said = browser.get("https://akko.local/oauth2/userinfo").text();
            var email = said.replaceAll("(?s).*\"email\"\\s*:\\s*\"([^\"]*)\".*", "$1");
            return name + " is " + email;
        };
    }

    @ParameterizedTest
    @CsvSource({"/oauth2/sign_out", "/oauth2/sign_in", "/oauth2/start?rd=%2Fx"})
    @DisplayName("LGN-20 a POST is never redirected with its method and body")
    void redirectsOfPosts(String target, Gateway gateway) {
        var browser = gateway.browser("alice");
        browser.open("https://mlflow.akko.local/");
        var replies = Stream.of(
                gateway.browser("alice").send("https://akko.local" + target, post(target)),
                browser.send("https://akko.local" + target, post(target)));
        assertThat(replies)
                .allSatisfy(
                        reply -> assertThat(reply.status()).isNotIn(307, 308).isLessThan(500));
    }

    @Test
    @DisplayName(
            "LGN-16 beyond: a planted login cookie of the attacker does not join the victim to the attacker's account")
    void plantedLoginCookie(Gateway gateway) {
        // a sibling host can set cookies for the whole domain; state and cookie then fit, so only the sealing and the
        // expiry limit it
        var attacker = Attempt.of(gateway, "bob");
        var victim = gateway.browser("alice");
        var cookie = attacker.loginCookie();
        victim.jar()
                .put(new CookieJar.Cookie(
                        cookie.name().replace("_csrf", "x_csrf"),
                        cookie.value(),
                        "akko.local",
                        false,
                        "/",
                        true,
                        cookie.expires()));
        Expect.refusedPage(victim.get(attacker.callback().toString()));
    }

    private static Request post(String target) {
        return Request.of("POST", target)
                .with("Accept", "text/html")
                .with("Origin", "https://akko.local")
                .with("Sec-Fetch-Site", "same-origin")
                .with("Sec-Fetch-Mode", "navigate")
                .form("rd=%2Fx");
    }

    private static Parameters authorization(Gateway gateway) {
        return Parameters.parse(Url.of(gateway.browser("alice")
                        .get("https://akko.local/oauth2/start")
                        .location())
                .query());
    }
}
