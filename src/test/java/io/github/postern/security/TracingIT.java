package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeCollector;
import io.github.postern.fakes.FakeCollector.Span;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.RedisServer;
import io.github.postern.testbed.Tomcat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans of a running gateway, as a collector gets them; and a gateway whose collector is away, or that has none. */
final class TracingIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static FakeKeycloak keycloak;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @Test
    @DisplayName("a sign-in and checks arrive as spans that belong together, and tell nothing of the person")
    void signIn() {
        try (var redis = RedisServer.start();
                var collector = FakeCollector.start();
                var postern = traced(
                        collector.endpoint(),
                        Map.of("SESSION_STORE_TYPE", "redis", "REDIS_CONNECTION_URL", redis.url()))) {
            String cookies = postern.signIn("alice").cookiesFor(Session.APP);
            var asked = Ask.program("/x?token=hush")
                    .with("Cookie", cookies)
                    .with("traceparent", "00-" + TRACE + "-" + PARENT + "-01");
            Expect.identity(postern.http().send(asked), "alice");
            Expect.denied(postern.http().send(Ask.program("/x")));
            Expect.forbidden(postern.http()
                    .send(new Request("GET", "/oauth2/auth?allowed_groups=%2Fnobody", asked.headers(), "")));
            postern.http().send(new Request("GET", "/reset-password/hush", asked.headers(), ""));
            postern.http().send(new Request("GET", "/oauth2/ext-authz/users/hush", asked.headers(), ""));
            Expect.refusedPage(postern.http().send(Ask.page("GET", "/oauth2/callback?code=x&state=y")));
            Wait.until(
                    Duration.ofSeconds(20),
                    () -> collector.spans().stream()
                            .anyMatch(span -> span.events().contains("sign-in-failed")));
            assertThat(collector.paths()).containsOnly("/v1/traces");
            login(collector);
            checks(collector, postern.output());
            assertThat(collector.spans().toString())
                    .doesNotContain("alice", "hush", FakeUser.subject("alice"), cookies)
                    .doesNotContain(Setup.CLIENT_SECRET, Setup.COOKIE_SECRET)
                    .doesNotContain(keycloak.journal().secrets());
            assertThat(collector.named("GET /*")).isNotEmpty();
            assertThat(collector.named("GET /oauth2/ext-authz/*")).isNotEmpty();
            assertThat(collector.named("GET /ping")).isEmpty();
            assertThat(collector.named("GET /ready")).isEmpty();
        }
    }

    private static void login(FakeCollector collector) {
        Span callback = collector
                .named("GET /oauth2/callback")
                .filter(span -> span.events().contains("signed-in"))
                .findFirst()
                .orElseThrow();
        assertThat(callback.kind()).isEqualTo(2);
        assertThat(callback.attributes())
                .containsEntry("url.path", "/oauth2/callback")
                .containsEntry("server.address", "akko.local")
                .containsEntry("http.response.status_code", "302");
        assertThat(callback.resource()).containsEntry("service.name", "postern").containsKey("service.version");
        Span token = collector.named("POST token").findFirst().orElseThrow();
        assertThat(token.parent()).isEqualTo(callback.id());
        assertThat(token.trace()).isEqualTo(callback.trace());
        assertThat(keycloak.journal().last(Endpoint.TOKEN).trace())
                .matches("00-" + token.trace() + "-" + token.id() + "-0[13]");
        assertThat(collector.spans())
                .anySatisfy(span -> {
                    assertThat(span.attributes()).containsEntry("db.system.name", "redis");
                    assertThat(span.parent()).isEqualTo(callback.id());
                })
                .anySatisfy(
                        span -> assertThat(span.attributes()).containsEntry("postern.provider.endpoint", "discovery"));
        Span failed = collector.spans().stream()
                .filter(span -> span.events().contains("sign-in-failed"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.attributes())
                .containsEntry("postern.reason", "ATTEMPT_UNKNOWN")
                .containsKey("postern.reference");
    }

    private static void checks(FakeCollector collector, String output) {
        Span allowed = collector
                .named("GET /oauth2/auth")
                .filter(span -> span.trace().equals(TRACE))
                .findFirst()
                .orElseThrow();
        assertThat(allowed.attributes())
                .containsEntry("postern.outcome", "allowed")
                .containsEntry("http.response.status_code", "200");
        assertThat(allowed.parent()).isEqualTo(PARENT);
        assertThat(allowed.error()).isFalse();
        assertThat(output.lines().filter(line -> line.contains("\"event\":\"allowed\"")))
                .anySatisfy(line -> assertThat(line).contains("\"trace_id\":\"" + TRACE + "\""));
        Span challenged = check(collector, "challenged");
        assertThat(challenged.attributes())
                .containsEntry("http.response.status_code", "401")
                .containsKey("postern.reason");
        assertThat(output.lines().filter(line -> line.contains(challenged.trace())))
                .as("the line and the span find each other, though the proxy sent no trace")
                .singleElement()
                .asString()
                .contains("\"event\":\"challenged\"");
        assertThat(check(collector, "refused").attributes())
                .containsEntry("http.response.status_code", "403")
                .containsKeys("postern.rule", "postern.reason");
        assertThat(collector.named("HGET").filter(span -> span.trace().equals(TRACE)))
                .allSatisfy(span -> assertThat(span.kind()).isEqualTo(3));
    }

    private static Span check(FakeCollector collector, String outcome) {
        return collector
                .named("GET /oauth2/auth")
                .filter(span -> outcome.equals(span.attributes().get("postern.outcome")))
                .filter(span -> !outcome.equals("challenged")
                        || "401".equals(span.attributes().get("http.response.status_code")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("a stranger names no trace, and has nothing recorded")
    void stranger() {
        try (var collector = FakeCollector.start();
                var postern = traced(
                        collector.endpoint(),
                        Map.of("TRUSTED_PROXY_IPS", "127.0.0.9", "OTEL_TRACES_SAMPLER", "parentbased_always_off"))) {
            var asked = Ask.program("/x").with("traceparent", "00-" + TRACE + "-" + PARENT + "-01");
            postern.http().send(asked.with("User-Agent", "stranger"));
            new RawHttp(postern.port(), "127.0.0.9", (request, reply) -> {}).send(asked.with("User-Agent", "proxy"));
            Wait.until(Duration.ofSeconds(20), () -> !collector.spans().isEmpty());
            assertThat(collector.spans()).singleElement().satisfies(span -> {
                assertThat(span.attributes()).containsEntry("user_agent.original", "proxy");
                assertThat(span.trace()).isEqualTo(TRACE);
            });
        }
    }

    @Test
    @DisplayName("what is left is sent when the server ends")
    void farewell() {
        try (var collector = FakeCollector.start()) {
            try (var postern = traced(collector.endpoint(), Map.of("OTEL_BSP_SCHEDULE_DELAY", "600000"))) {
                Expect.denied(postern.http().send(Ask.program("/x")));
                assertThat(collector.spans()).isEmpty();
            }
            assertThat(collector.named("GET /oauth2/auth")).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "a collector that is away, or hangs, or refuses costs no check anything, is told once, and holds up no end")
    void collectorAway() {
        try (var hanging = FakeCollector.start();
                var refusing = FakeCollector.start()) {
            hanging.hang();
            refusing.refuse(401);
            String away = "http://127.0.0.1:" + Tomcat.freePort();
            unharmed(away, "java.net.ConnectException");
            unharmed(hanging.endpoint(), "java.net.http.HttpTimeoutException");
            unharmed(refusing.endpoint(), "it answers 401");
        }
    }

    private static void unharmed(String endpoint, String reason) {
        long before;
        Replica postern = traced(
                endpoint,
                Map.of(
                        "OTEL_BSP_SCHEDULE_DELAY", "100",
                        "OTEL_BSP_MAX_QUEUE_SIZE", "64",
                        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "8",
                        "OTEL_EXPORTER_OTLP_TIMEOUT", "1500"));
        try (postern) {
            assertThat(slowest(postern)).as(endpoint).isLessThan(TimeUnit.MILLISECONDS.toNanos(1000));
            String told = "Traces cannot be sent to " + endpoint;
            Wait.until(Duration.ofSeconds(40), () -> postern.output().contains(told));
            assertThat(slowest(postern)).as(endpoint).isLessThan(TimeUnit.MILLISECONDS.toNanos(1000));
            assertThat(postern.output().lines().filter(line -> line.contains("cannot be sent")))
                    .singleElement()
                    .asString()
                    .contains("\"level\":\"warn\"", "\"logger\":\"Delivery\"", reason);
            assertThat(postern.output()).doesNotContain("io.opentelemetry", "Failed to export");
            before = System.nanoTime();
        }
        assertThat(System.nanoTime() - before).as("the end").isLessThan(TimeUnit.SECONDS.toNanos(12));
    }

    /** Of two hundred checks, more than the queue holds; the slowest tenth is the machine's. */
    private static long slowest(Replica postern) {
        var nanos = new ArrayList<Long>();
        for (int i = 0; i < 200; i++) {
            long begun = System.nanoTime();
            Expect.denied(postern.http().send(Ask.program("/x")));
            nanos.add(System.nanoTime() - begun);
        }
        return nanos.stream()
                .mapToLong(Long::longValue)
                .sorted()
                .skip(180)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("the collector that comes back is told too")
    void collectorBack() {
        int port = Tomcat.freePort();
        var quick = Map.of("OTEL_BSP_SCHEDULE_DELAY", "100", "OTEL_EXPORTER_OTLP_TIMEOUT", "1000");
        try (var postern = traced("http://127.0.0.1:" + port, quick)) {
            postern.http().send(Ask.program("/x"));
            Wait.until(Duration.ofSeconds(40), () -> postern.output().contains("Traces cannot be sent"));
            try (var collector = FakeCollector.start(port)) {
                postern.http().send(Ask.program("/x"));
                Wait.until(Duration.ofSeconds(40), () -> postern.output().contains("again; "));
                assertThat(collector.spans()).isNotEmpty();
            }
        }
    }

    @Test
    @DisplayName("without such a variable not one class of OpenTelemetry is loaded, with one they are")
    void off() throws Exception {
        try (var collector = FakeCollector.start()) {
            List<String> off = loaded("off", Map.of("OTEL_SERVICE_NAME", "postern", "OTEL_TRACES_EXPORTER", "none"));
            assertThat(traced(off)).isEmpty();
            assertThat(off).anyMatch(line -> line.contains("io.github.postern.web.AuthServlet"));
            assertThat(traced(loaded("on", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()))))
                    .isNotEmpty();
        }
    }

    private static List<String> traced(List<String> loaded) {
        return loaded.stream()
                .filter(line -> line.contains(" io.opentelemetry."))
                .toList();
    }

    private List<String> loaded(String name, Map<String, String> variables) throws Exception {
        Path log = folder.resolve(name);
        var environment = new HashMap<>(Setup.common(keycloak.issuer()));
        environment.putAll(variables);
        try (var tomcat = Tomcat.with(environment, Tomcat.freePort(), "-Xlog:class+load:file=" + log)
                .start()) {
            var http = new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
            Expect.denied(http.send(Ask.program("/x")));
            http.send(Ask.navigation("/x"));
        }
        return Files.readAllLines(log);
    }

    private static Replica traced(String endpoint, Map<String, String> changes) {
        var all = new HashMap<>(changes);
        all.putIfAbsent("OTEL_BSP_SCHEDULE_DELAY", "200");
        all.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        return Replica.start(keycloak, all).awaitReady();
    }
}
