package io.github.postern.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Lines that machines read. */
final class JsonLineTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00.007Z"));
    private static final Question QUESTION = Lines.question("4bf92f3577b34da6a3ce929d0e0e4736");

    @Test
    void sayWhenWhatAndAboutWhichRequest() {
        Event event = Event.of("refused", Level.INFO, Status.FAILURE)
                .with("micros", 17)
                .with("rule", "reports")
                .with("reason", "GROUPS");
        assertThat(new JsonLine(ZoneOffset.UTC, NOON).of(QUESTION, event))
                .isEqualTo("{\"time\":\"2026-11-24T12:00:00.007Z\",\"level\":\"info\",\"event\":\"refused\","
                        + "\"outcome\":\"failure\",\"request_id\":\"id-1\","
                        + "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"client\":\"203.0.113.7\","
                        + "\"user\":\"alice@akko.local\",\"method\":\"POST\",\"host\":\"mlflow.akko.local\","
                        + "\"path\":\"/x/y\",\"micros\":17,\"rule\":\"reports\",\"reason\":\"GROUPS\"}");
    }

    @Test
    void sayNothingOfWhatIsNotKnown() {
        Event event = Event.of("signed-out", Level.INFO, Status.SUCCESS)
                .about("sub-1")
                .with("rule", "");
        assertThat(new JsonLine(ZoneId.of("Asia/Kolkata"), NOON).of(Question.NONE, event))
                .isEqualTo("{\"time\":\"2026-11-24T17:30:00.007+05:30\",\"level\":\"info\",\"event\":\"signed-out\","
                        + "\"outcome\":\"success\",\"user\":\"sub-1\"}");
    }

    @Test
    void strangersCannotAddFieldsNorLines() throws IOException {
        String evil = "a\",\"event\":\"signed-in\\\r\n\u001b\u2028\u202e\ud800" + "x".repeat(5000);
        var question = new Question(evil, evil, evil, evil, evil, evil, evil, "id", true, "");
        Event event = Event.of("password-refused", Level.WARN, Status.FAILURE).with("reason", evil);
        String line = new JsonLine(ZoneOffset.UTC, NOON).of(question, event);
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(line).as("RES-10").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
        assertThat(read.get("event").asText()).isEqualTo("password-refused");
        for (String field : List.of("client", "user", "method", "host", "path", "reason")) {
            assertThat(read.get(field).asText())
                    .startsWith("a\",\"event\":\"signed-in\\?????")
                    .hasSizeLessThan(310);
        }
    }

    @Test
    void anAnsweredRequestIsOneToo() {
        var answer = new RequestLine.Answer(403, 12, NOON.instant(), 1_500_000);
        assertThat(new JsonRequestLine(ZoneOffset.UTC).of(QUESTION, answer))
                .startsWith("{\"time\":\"2026-11-24T12:00:00.007Z\",\"level\":\"info\",\"event\":\"answered\",")
                .endsWith(",\"agent\":\"curl/8.5.0\",\"status\":403,\"bytes\":12,\"micros\":1500}");
    }
}
