package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.postern.fakes.FakeUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stands in the log of a gateway whose operator set nothing about it. */
@ExtendWith(Gateways.class)
final class JsonLinesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    @DisplayName("each check has one line that says who, what, outcome and how long, and nothing of the query")
    void aCheck(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var reply = gateway.http()
                .send(Ask.program("/experiments?token=hush")
                        .with("Cookie", session.header())
                        .with("X-Request-Id", "line-1")
                        .with("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
        Expect.identity(reply, "alice");
        JsonNode line = line(gateway, "line-1");
        var fields = new ArrayList<String>();
        line.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
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
        assertThat(OffsetDateTime.parse(line.get("time").asText()))
                .isBetween(OffsetDateTime.now().minusMinutes(1), OffsetDateTime.now());
        assertThat(line.get("event").asText()).isEqualTo("allowed");
        assertThat(line.get("outcome").asText()).isEqualTo("success");
        assertThat(line.get("trace_id").asText()).isEqualTo(TRACE);
        assertThat(line.get("user").asText()).isEqualTo("alice@akko.local");
        assertThat(line.get("method").asText()).isEqualTo("GET");
        assertThat(line.get("host").asText()).isEqualTo("mlflow.akko.local");
        assertThat(line.get("path").asText()).isEqualTo("/experiments");
        assertThat(line.get("micros").isIntegralNumber()).isTrue();
        assertThat(gateway.output()).doesNotContain("hush");
    }

    @Test
    @DisplayName("a line says why nobody is signed in")
    void nobody(Gateway gateway) {
        gateway.http().send(Ask.program("/x").with("X-Request-Id", "line-2"));
        gateway.http()
                .send(Ask.program("/x").with("X-Request-Id", "line-3").with("Cookie", "_akko_oauth2=of-another-age"));
        assertThat(line(gateway, "line-2").get("event").asText()).isEqualTo("challenged");
        assertThat(line(gateway, "line-2").get("reason").asText()).isEqualTo("no-session");
        assertThat(line(gateway, "line-3").get("reason").asText()).isEqualTo("session-unusable");
    }

    @Test
    @DisplayName("every line is one JSON object")
    void allOfThem(Gateway gateway) {
        gateway.http().send(Ask.program("/x"));
        gateway.http().send(Ask.page("GET", "/oauth2/callback?code=x&state=y"));
        Session.of(gateway, "alice");
        List<String> lines = gateway.output().lines().toList();
        assertThat(lines).hasSizeGreaterThan(3).allSatisfy(line -> {
            JsonNode read = JSON.readTree(line);
            assertThat(read.isObject()).as(line).isTrue();
            assertThat(read.hasNonNull("time") && read.hasNonNull("level"))
                    .as(line)
                    .isTrue();
        });
    }

    @Test
    @DisplayName("text says the same; checks that refuse nobody are left out where the operator wants it so")
    void text(@In(Setup.TEXT_LINES) Gateway gateway) {
        Session.of(gateway, "alice");
        gateway.keycloak().add(FakeUser.named("erin").in("/guests"));
        gateway.browser("erin").open(Session.APP);
        Wait.until(Duration.ofSeconds(5), () -> gateway.output().contains("refused micros="));
        assertThat(gateway.output())
                .containsPattern("\\d{4}-\\d\\d-\\d\\dT\\S+Z INFO  auth signed-in sub=\\S+ user=alice")
                .containsPattern("INFO  auth refused micros=\\d+ reference=[0-9A-F]{10} sub=\\S+ reason=GROUPS"
                        + " wanted=/admins client=\\S+ method=GET host=mlflow\\.akko\\.local path=/x")
                .doesNotContain("auth allowed")
                .doesNotContain("auth challenged");
    }

    private static JsonNode line(Gateway gateway, String id) {
        Wait.until(Duration.ofSeconds(5), () -> gateway.output().contains(id));
        String found = gateway.output()
                .lines()
                .filter(line -> line.contains(id))
                .findFirst()
                .orElseThrow();
        try {
            return JSON.readTree(found);
        } catch (IOException e) {
            throw new UncheckedIOException(found, e);
        }
    }
}
