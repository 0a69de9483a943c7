package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Parameters;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Url;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider whose addresses are written down: nothing is asked that was not named, and all checks stay. */
@ExtendWith(Gateways.class)
final class NoDiscoveryIT {
    private static final String SIGN_OUT = "https://akko.local/oauth2/sign_out";

    @Test
    @DisplayName("skip-oidc-discovery: people sign in by the addresses named, and the document is never asked for")
    void signsIn(@In(Setup.NO_DISCOVERY) Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        assertThat(attempt.authorization().get("ui_locales")).isEqualTo("en");
        assertThat(attempt.authorization().get("code_challenge_method")).isEqualTo("S256");
        assertThat(attempt.finish().status()).isEqualTo(302);
        Expect.seenByApp(attempt.browser().get(Session.APP), "alice");
        assertThat(gateway.keycloak().journal().count(Endpoint.DISCOVERY)).isZero();
    }

    @Test
    @DisplayName("LGN-12 beyond: without discovery too, a response of another issuer is refused")
    void otherIssuer(@In(Setup.NO_DISCOVERY) Gateway gateway) {
        var attempt = Attempt.of(gateway, "alice");
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        Expect.refusedPage(attempt.finishWith(attempt.queryWith("iss", "https%3A%2F%2Fevil.example")));
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN)).isEqualTo(before);
        assertThat(attempt.finish().status()).isEqualTo(302);
    }

    @Test
    @DisplayName("IDT beyond: without discovery too, tokens of another issuer are refused")
    void otherToken(@In(Setup.NO_DISCOVERY) Gateway gateway) {
        gateway.keycloak().misbehave().claims(claims -> claims.put("iss", "https://evil.example/realms/akko"));
        Expect.refusedPage(Attempt.of(gateway, "alice").finish());
    }

    @Test
    @DisplayName("profile-url: asked only for what the ID token lacks")
    void asksForWhatIsMissing(@In(Setup.NO_DISCOVERY) Gateway gateway) {
        var before = gateway.keycloak().journal().count(Endpoint.USERINFO);
        Session.of(gateway, "alice");
        assertThat(gateway.keycloak().journal().count(Endpoint.USERINFO)).isEqualTo(before);
        gateway.keycloak().add(FakeUser.named("lena").in("/data"));
        gateway.keycloak().misbehave().claims(claims -> claims.remove("groups"));
        var session = Session.of(gateway, "lena");
        assertThat(session.browser().get(Session.APP).header("App-Saw-groups")).contains("/data");
        assertThat(gateway.keycloak().journal().last(Endpoint.USERINFO).authorization())
                .startsWith("Bearer ");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    @DisplayName("validate-url: a clear no to the renewed token ends the session")
    void refusedToken(int status, @In(Setup.NO_DISCOVERY) Gateway gateway) throws InterruptedException {
        var session = Session.of(gateway, "alice").header();
        Thread.sleep(1200);
        gateway.keycloak().misbehave().answer(Endpoint.USERINFO, status, "application/json", "{}");
        var reply = check(gateway, session);
        Expect.denied(reply);
        assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
        assertThat(gateway.keycloak().journal().last(Endpoint.USERINFO).authorization())
                .startsWith("Bearer ");
    }

    @ParameterizedTest
    @CsvSource({"200, {}", "204, ''", "404, {}", "500, boom", "503, ''"})
    @DisplayName("validate-url: anything but a clear no lets the session go on")
    void otherAnswers(int status, String body, @In(Setup.NO_DISCOVERY) Gateway gateway) throws InterruptedException {
        var session = Session.of(gateway, "alice").header();
        Thread.sleep(1200);
        gateway.keycloak().misbehave().answer(Endpoint.USERINFO, status, "text/plain", body);
        Expect.identity(check(gateway, session), "alice");
    }

    @Test
    @DisplayName("backend-logout-url: called with the ID token before the cookies go, once for each sign-out")
    void tellsTheBackend(@In(Setup.NO_DISCOVERY) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var before = gateway.keycloak().journal().count(Endpoint.LOGOUT);
        var reply = session.browser().get(SIGN_OUT);
        assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
        assertThat(gateway.keycloak().journal().count(Endpoint.LOGOUT)).isEqualTo(before + 1);
        var call = gateway.keycloak().journal().last(Endpoint.LOGOUT);
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.query().get("id_token_hint")).matches("[^.]+\\.[^.]+\\.[^.]+");
        Expect.denied(session.browser().get(Session.APP));
        session.browser().get(SIGN_OUT);
        assertThat(gateway.keycloak().journal().count(Endpoint.LOGOUT))
                .as("nobody was signed in any more")
                .isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 400, 500})
    @DisplayName("backend-logout-url: whatever it answers, the session here ends")
    void failingBackend(int status, @In(Setup.NO_DISCOVERY) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        gateway.keycloak().misbehave().answer(Endpoint.LOGOUT, status, "text/plain", "");
        assertThat(Expect.expiredSessionCookies(session.browser().get(SIGN_OUT)))
                .isNotEmpty();
        Expect.denied(session.browser().get(Session.APP));
        assertThat(gateway.output().contains("backend-logout-url answered " + status))
                .isEqualTo(status != 204);
    }

    @Test
    @DisplayName("backend-logout-url: one that hangs costs a bounded time")
    void hangingBackend(@In(Setup.NO_DISCOVERY) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        gateway.keycloak().misbehave().delay(Endpoint.LOGOUT, Duration.ofSeconds(30));
        var begun = Instant.now();
        assertThat(Expect.expiredSessionCookies(session.browser().get(SIGN_OUT)))
                .isNotEmpty();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(9));
        assertThat(gateway.output()).contains("backend-logout-url cannot be called");
    }

    @Test
    @DisplayName("OUT-05 beyond: {id_token} in an allowed rd becomes the session's ID token")
    void fillsTheTarget(@In(Setup.NO_DISCOVERY) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var target = gateway.keycloak().issuer() + Endpoint.LOGOUT.path()
                + "?post_logout_redirect_uri=https%3A%2F%2Fakko.local%2F&id_token_hint={id_token}";
        var reply = session.browser().get(SIGN_OUT + "?rd=" + encode(target));
        assertThat(reply.status()).isEqualTo(302);
        var sent = Parameters.parse(Url.of(reply.location()).query());
        assertThat(sent.get("id_token_hint")).matches("[^.{]+\\.[^.]+\\.[^.}]+");
        assertThat(sent.get("post_logout_redirect_uri")).isEqualTo("https://akko.local/");
        Expect.denied(session.browser().get(Session.APP));
    }

    @Test
    @DisplayName("OUT-03 beyond: {id_token} goes to no stranger, and to nobody without a session")
    void tellsNoStranger(@In(Setup.NO_DISCOVERY) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        // LEK-11: the token stands for the user, so no other app may be handed it
        var app = session.browser().get(SIGN_OUT + "?rd=" + encode("https://mlflow.akko.local/?t={id_token}"));
        assertThat(app.whole()).doesNotContain("t=eyJ");
        session = Session.of(gateway, "alice");
        var stranger = session.browser().get(SIGN_OUT + "?rd=" + encode("https://evil.example/?t={id_token}"));
        assertThat(stranger.location()).doesNotContain("evil").doesNotContain("eyJ");
        var target = gateway.keycloak().issuer() + "/x?id_token_hint={id_token}";
        var nobody = gateway.browser("bob").get(SIGN_OUT + "?rd=" + encode(target));
        assertThat(nobody.location()).endsWith("id_token_hint=%7Bid_token%7D");
    }

    private static Reply check(Gateway gateway, String session) {
        return gateway.http().send(Ask.program("/x").with("Cookie", session));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
