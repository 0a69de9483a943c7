package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The lines of the log as programs read them. */
final class JsonLogIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static FakeKeycloak keycloak;

    @BeforeAll
    static void start() {
        keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @Test
    @DisplayName("every line after the start is one JSON object, and a check's has these fields")
    void json() {
        try (var postern = started(Map.of())) {
            int before = postern.output().length();
            String cookies = postern.signIn("alice").cookiesFor(Session.APP);
            postern.http().send(asking("allowed", cookies));
            postern.http().send(asking("challenged", ""));
            refuse(postern, cookies);
            await(postern, "id-refused");
            String said = postern.output().substring(before);
            assertThat(said.lines())
                    .allSatisfy(
                            line -> assertThat(parsed(line).isObject()).as(line).isTrue());
            allowed(line(said, "id-allowed"));
            challenged(line(said, "id-challenged"));
            refused(line(said, "id-refused"));
            assertThat(said).doesNotContain("hush");
        }
    }

    @Test
    @DisplayName("without check-logging nothing is said of who may pass; refusals are")
    void quiet() {
        try (var postern = started(Map.of("CHECK_LOGGING", "false"))) {
            String cookies = postern.signIn("alice").cookiesFor(Session.APP);
            assertThat(postern.http().send(asking("allowed", cookies)).status()).isEqualTo(200);
            refuse(postern, cookies);
            await(postern, "id-refused");
            assertThat(postern.output()).doesNotContain("id-allowed").doesNotContain("\"event\":\"allowed\"");
        }
    }

    @Test
    @DisplayName("with logging-format=text people read the same words")
    void text() {
        try (var postern = started(Map.of("LOGGING_FORMAT", "text"))) {
            String cookies = postern.signIn("alice").cookiesFor(Session.APP);
            postern.http().send(asking("allowed", cookies));
            await(postern, "id-allowed");
            assertThat(postern.output().lines().filter(line -> line.contains("id-allowed")))
                    .singleElement()
                    .asString()
                    .contains("allowed micros=", "/x")
                    .doesNotContain("hush", "{");
        }
    }

    private static void allowed(JsonNode line) {
        assertThat(names(line))
                .containsExactly(
                        "time",
                        "level",
                        "event",
                        "outcome",
                        "request_id",
                        "trace_id",
                        "client",
                        "user",
                        "method",
                        "host",
                        "path",
                        "micros",
                        "sub");
        assertThat(line.path("event").asText()).isEqualTo("allowed");
        assertThat(line.path("outcome").asText()).isEqualTo("success");
        assertThat(line.path("trace_id").asText()).isEqualTo(TRACE);
        assertThat(line.path("client").asText()).isEqualTo("127.0.0.1");
        assertThat(line.path("user").asText()).isEqualTo("alice@akko.local");
        assertThat(line.path("method").asText()).isEqualTo("GET");
        assertThat(line.path("host").asText()).isEqualTo("mlflow.akko.local");
        assertThat(line.path("path").asText()).isEqualTo("/x");
        assertThat(line.path("micros").isNumber()).isTrue();
    }

    private static void challenged(JsonNode line) {
        assertThat(line.path("event").asText()).isEqualTo("challenged");
        assertThat(line.path("outcome").asText()).isEqualTo("failure");
        assertThat(names(line)).contains("reason", "path").doesNotContain("user");
    }

    private static void refused(JsonNode line) {
        assertThat(line.path("event").asText()).isEqualTo("refused");
        assertThat(line.path("sub").asText()).isEqualTo(FakeUser.subject("alice"));
        assertThat(line.path("wanted").asText()).isEqualTo("/nobody");
        assertThat(names(line)).contains("reference", "reason");
    }

    private static Replica started(Map<String, String> changes) {
        return Replica.start(keycloak, changes).awaitReady();
    }

    private static void refuse(Replica postern, String cookies) {
        var asked = asking("refused", cookies);
        Expect.forbidden(
                postern.http().send(new Request("GET", "/oauth2/auth?allowed_groups=%2Fnobody", asked.headers(), "")));
    }

    private static Request asking(String id, String cookies) {
        return Ask.program("/x?token=hush")
                .with("X-Request-Id", "id-" + id)
                .with("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .with("Cookie", cookies);
    }

    private static void await(Replica postern, String text) {
        Wait.until(Duration.ofSeconds(5), () -> postern.output().contains(text));
    }

    private static JsonNode line(String said, String id) {
        return parsed(said.lines()
                .filter(line -> line.contains("\"" + id + "\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line about " + id + " in\n" + said)));
    }

    private static List<String> names(JsonNode line) {
        return line.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
