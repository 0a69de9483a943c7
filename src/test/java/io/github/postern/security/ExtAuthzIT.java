package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Request;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Envoy puts the user's own method and path on the request line, where Tomcat maps them: nothing of ours may let them pass. */
final class ExtAuthzIT {
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Setup.EXT_AUTHZ);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/..;/ping",
                "/admin/x/..;/..;/ready",
                "/admin/%2e%2e/ping",
                "/admin/..;/robots.txt",
                "/admin/..;/oauth2/sign_in",
                "/admin/..;/oauth2/continue",
                "/admin/..;/oauth2/userinfo",
                "/admin/..;/oauth2/assets/postern.css",
                "//ping",
                "/ping;x",
                "/./ping",
                "/oauth2/ext-authz/ping",
                "/oauth2/ext-authz/robots.txt",
                "/oauth2/ext-authz/oauth2/sign_in",
                "/oauth2/ext-authz/../../ping",
                "/oauth2/ext-authz/..;/..;/ready",
            })
    @DisplayName("No path lets a request pass without a session")
    void noPathPasses(String path) {
        for (String method : new String[] {"GET", "POST", "HEAD", "PUT"}) {
            var reply = gateway.http()
                    .send(Request.of(method, path)
                            .with("Host", "mlflow.akko.local")
                            .with("X-Forwarded-Proto", "https")
                            .with("Sec-Fetch-Site", "cross-site")
                            .with("Accept", "application/json"));
            assertThat(reply.isSuccess()).as(method + " " + path).isFalse();
            Expect.noIdentity(reply);
        }
    }

    @Test
    @DisplayName("A page leads to the login and back to its own address")
    void leadsBack() {
        var reply = gateway.http()
                .send(Request.get("/oauth2/ext-authz/x?y=1")
                        .with("Host", "mlflow.akko.local")
                        .with("X-Forwarded-Proto", "https")
                        .with("Accept", "text/html"));
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.location()).startsWith(gateway.keycloak().issuer());
    }

    @Test
    @DisplayName("A session passes with its own identity, by the prefix and by the catch-all")
    void sessionPasses() {
        var instance = new SecondInstance(gateway.keycloak().issuer(), Setup.COOKIE_SECRET, InstantSource.system());
        var cookie = instance.session(FakeUser.named("alice"));
        for (String path : new String[] {"/oauth2/ext-authz/x", "/x"}) {
            var reply = gateway.http()
                    .send(Request.of("POST", path)
                            .with("Host", "mlflow.akko.local")
                            .with("X-Forwarded-Proto", "https")
                            .with("Cookie", cookie));
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.all("X-Auth-Request-User"))
                    .containsExactly(FakeUser.named("alice").subject());
        }
    }
}
