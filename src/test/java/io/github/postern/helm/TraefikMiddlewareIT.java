package io.github.postern.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Apps;
import io.github.postern.testbed.TraefikServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches an app through a real Traefik with the middleware that the chart makes, whatever a client sends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TraefikMiddlewareIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By the first part of the path that leads through it. */
    private static final Map<String, String> MIDDLEWARES = Map.of(
            "default", "{}",
            "webauth", "{ extraAuthResponseHeaders: [X-WEBAUTH-USER, X-Auth-Request-Tenant] }",
            "underscores", "{ extraAuthResponseHeaders: [X_Remote_User] }",
            "dots", "{ extraAuthResponseHeaders: [X.Remote-User] }",
            "authorization", "{ extraAuthResponseHeaders: [Authorization] }",
            "forwarded", "{ authResponseHeaders: [X-Forwarded-User] }",
            "whole", "{ extraForwardAuth: { authResponseHeaders: [Remote-User] } }",
            "own", "{ authResponseHeadersRegex: '(?i)^X_Mine$', extraAuthResponseHeaders: [Remote-User] }",
            "official", "{ authResponseHeadersRegex: '' }");

    private HttpServer postern;
    private Apps apps;
    private TraefikServer traefik;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        assumeTrue(TraefikServer.present(), "there is no Traefik on the PATH");
        postern = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        postern.createContext("/", exchange -> {
            for (String name : new String[] {
                "X-Auth-Request-User", "X-Auth-Request-Access-Token", "X-Auth-Request-Tenant", "X-Webauth-User"
            }) {
                exchange.getResponseHeaders().add(name, "alice");
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        postern.start();
        apps = Apps.start();
        traefik = TraefikServer.start(folder, routes(folder), "/default/api/headers");
    }

    @AfterAll
    void stop() {
        if (traefik != null) {
            traefik.close();
            apps.close();
            postern.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default       | X_Auth_Request_User   | false
            default       | X_auth_request_email  | false
            default       | X-Auth_Request-Groups | false
            default       | X.Auth.Request.User   | false
            default       | X-Other               | true
            default       | X_Webauth_User        | true
            webauth       | X_WEBAUTH_USER        | false
            webauth       | x_webauth_user        | false
            webauth       | X-Webauth_user        | false
            webauth       | X.Webauth-User        | false
            webauth       | X_Auth_Request_User   | false
            webauth       | X_Auth_Request_Tenant | false
            webauth       | X_Webauth_User_Id     | true
            webauth       | A-X_Webauth_User      | true
            underscores   | X-Remote-User         | false
            underscores   | X_Remote-User         | false
            dots          | X_Remote_User         | false
            authorization | Authorization         | false
            authorization | X_Other               | true
            forwarded     | X_Forwarded_User      | false
            whole         | Remote_User           | false
            own           | X_Mine                | false
            own           | Remote_User           | false
            official      | X-Other               | true
            """)
    void noOtherSpellingOfAListedHeaderComesFromAClient(String middleware, String header, boolean reaches) {
        assertThat(app(Request.get("/" + middleware + "/api/headers").with(header, "forged"))
                        .contains("forged"))
                .isEqualTo(reaches);
    }

    @Test
    void whatPosternSaysReachesTheAppWhereItIsListedAndTakesTheClientsPlace() {
        String seen = app(Request.get("/webauth/api/headers")
                .with("X-WEBAUTH-USER", "forged")
                .with("X-Auth-Request-User", "forged"));
        assertThat(seen)
                .contains("[\"X-Webauth-User\", \"alice\"]", "[\"X-Auth-Request-User\", \"alice\"]")
                .contains("[\"X-Auth-Request-Tenant\", \"alice\"]")
                .doesNotContain("forged", "Access-Token");
        assertThat(app(Request.get("/default/api/headers")))
                .contains("[\"X-Auth-Request-User\", \"alice\"]")
                .doesNotContain("Tenant", "Webauth", "Access-Token");
    }

    private String app(Request request) {
        var reply = new RawHttp(traefik.port(), "127.0.0.1", (asked, answered) -> {}).send(request);
        assertThat(reply.status()).isEqualTo(200);
        return reply.body();
    }

    private String routes(Path folder) throws IOException {
        var routers = new LinkedHashMap<String, Object>();
        var middlewares = new LinkedHashMap<String, Object>();
        for (var middleware : MIDDLEWARES.entrySet()) {
            String name = middleware.getKey();
            middlewares.put(
                    name,
                    spec(Files.writeString(
                            folder.resolve("values.yaml"), "middleware: " + middleware.getValue(), UTF_8)));
            middlewares.put(name + "-path", Map.of("stripPrefix", Map.of("prefixes", new String[] {"/" + name})));
            routers.put(
                    name, Map.of("rule", "PathPrefix(`/" + name + "/`)", "service", "app", "middlewares", new String[] {
                        name, name + "-path"
                    }));
        }
        var app = Map.of("loadBalancer", Map.of("servers", new Object[] {
            Map.of("url", "http://127.0.0.1:" + apps.port("console"))
        }));
        return JSON.writeValueAsString(
                Map.of("http", Map.of("routers", routers, "middlewares", middlewares, "services", Map.of("app", app))));
    }

    /** As the chart renders it, with the address of the Postern of this test. */
    private ObjectNode spec(Path values) throws IOException {
        ObjectNode spec = Chart.postern()
                .render(Chart.POSTERN.resolve("ci/default-values.yaml"), values)
                .only("Middleware")
                .at("/spec")
                .deepCopy();
        spec.withObject("/forwardAuth")
                .put("address", "http://127.0.0.1:" + postern.getAddress().getPort() + "/oauth2/auth");
        return spec;
    }
}
