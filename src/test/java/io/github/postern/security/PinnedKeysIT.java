package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.Parameters;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.fakes.Url;
import io.github.postern.testbed.Tomcat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a file, any issuer, the smallest cookie, a redirect address without a host: what else can be asked for together. */
final class PinnedKeysIT {
    private static final String SIGN_OUT = "https://akko.local/oauth2/sign_out";

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "oidc-public-key-file, insecure-oidc-skip-issuer-verification, session-cookie-minimal, relative-redirect-url, skip-claims-from-profile-url")
    void allTogether() throws Exception {
        try (var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
                var tomcat = Tomcat.with(environment(keycloak)).start()) {
            var http = new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
            awaitReady(http);
            var browser = browser(keycloak, http);
            signsInByPathAlone(browser);
            keepsNoToken(browser);
            keycloak.keys().rotate();
            Expect.refusedPage(finish(browser(keycloak, http)));
            assertThat(keycloak.journal().count(Endpoint.DISCOVERY)).isZero();
            assertThat(keycloak.journal().count(Endpoint.KEYS)).isZero();
            assertThat(keycloak.journal().count(Endpoint.USERINFO)).isZero();
            assertThat(tomcat.output())
                    .contains("insecure-oidc-skip-issuer-verification=true")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    @DisplayName("LGN-12 beyond: where any issuer will do, the response still names the one of the discovery document")
    void documentDecides() {
        try (var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET)) {
            String theirs = "https://public.akko.local/realms/akko";
            keycloak.misbehave()
                    .discovery(document -> document.put("issuer", theirs))
                    .callback(parameters -> parameters.put("iss", theirs))
                    .claims(claims -> claims.put("iss", "https://third.akko.local/realms/akko"));
            var environment = Setup.common(keycloak.issuer());
            environment.put("OAUTH2_PROXY_INSECURE_OIDC_SKIP_ISSUER_VERIFICATION", "true");
            try (var tomcat = Tomcat.with(environment).start()) {
                var http = new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
                awaitReady(http);
                var browser = browser(keycloak, http);
                var visit = browser.openUntilCallback(Attempt.START);
                var other = visit.target().replaceAll("iss=[^&]*", "iss=" + keycloak.issuer());
                Expect.refusedPage(browser.get(other));
                Expect.refusedPage(browser.get(visit.target().replaceAll("[?&]iss=[^&]*", "")));
                assertThat(browser.get(visit.target()).status()).isEqualTo(302);
                Expect.seenByApp(browser.get(Session.APP), "bob");
            }
        }
    }

    private static void awaitReady(RawHttp http) {
        Wait.until(
                Duration.ofSeconds(20), () -> http.send(Request.get("/ready")).status() == 200);
    }

    private static void signsInByPathAlone(FakeBrowser browser) {
        var reply = finish(browser);
        assertThat(reply.status()).as(reply.whole()).isEqualTo(302);
        assertThat(reply.location()).endsWith("/wanted");
        Expect.seenByApp(browser.get(Session.APP), "bob");
    }

    /** The provider completes the address by what it knows of us; the browser ends up on our host. */
    private static Reply finish(FakeBrowser browser) {
        var visit = browser.openUntilCallback(Attempt.START);
        var asked = Parameters.parse(visit.at(Endpoint.AUTHORIZE.path()).url().query());
        assertThat(asked.get("redirect_uri")).isEqualTo("/oauth2/callback");
        return browser.get(
                "https://akko.local/oauth2/callback" + Url.of(visit.target()).query());
    }

    private static void keepsNoToken(FakeBrowser browser) {
        assertThat(browser.jar().all()).noneMatch(cookie -> cookie.name().endsWith("_tokens"));
        var away = browser.get(SIGN_OUT + "?rd=https%3A%2F%2Fakko.local%2Fbye%3Ft%3D%7Bid_token%7D");
        assertThat(away.location()).contains("/bye?t=").contains("id_token").doesNotContain("eyJ");
    }

    private static FakeBrowser browser(FakeKeycloak keycloak, RawHttp http) {
        return new FakeBrowser(http, new RawHttp(keycloak.port(), "127.0.0.1", (request, reply) -> {}), "bob");
    }

    private Map<String, String> environment(FakeKeycloak keycloak) throws Exception {
        var environment = Setup.common("https://identity.akko.local/realms/akko");
        environment.remove("OAUTH2_PROXY_REDIRECT_URL");
        Map.of(
                        "SKIP_OIDC_DISCOVERY", "true",
                        "SSL_INSECURE_SKIP_VERIFY", "true",
                        "LOGIN_URL", keycloak.issuer() + Endpoint.AUTHORIZE.path(),
                        "REDEEM_URL", keycloak.issuer() + Endpoint.TOKEN.path(),
                        "PROFILE_URL", keycloak.issuer() + Endpoint.USERINFO.path(),
                        "OIDC_PUBLIC_KEY_FILES", publicKey(keycloak),
                        "INSECURE_OIDC_SKIP_ISSUER_VERIFICATION", "true",
                        "SESSION_COOKIE_MINIMAL", "true",
                        "RELATIVE_REDIRECT_URL", "true",
                        "SKIP_CLAIMS_FROM_PROFILE_URL", "true")
                .forEach((name, value) -> environment.put("OAUTH2_PROXY_" + name, value));
        return environment;
    }

    private String publicKey(FakeKeycloak keycloak) throws Exception {
        byte[] encoded = keycloak.keys().current().toPublicKey().getEncoded();
        return written("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n");
    }

    private String written(String pem) throws IOException {
        return Files.writeString(folder.resolve("provider.pem"), pem).toString();
    }
}
