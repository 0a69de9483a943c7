package io.github.postern.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;

/** An event as a JSON object: when, what, how it went, which request and whose, and then the event's own facts. */
public final class JsonLine implements EventLine {
    private final JsonLines lines;
    private final InstantSource clock;

    /**
     * @param zone which times it shows
     * @param clock what time it is
     */
    public JsonLine(ZoneId zone, InstantSource clock) {
        this.lines = new JsonLines(zone);
        this.clock = clock;
    }

    @Override
    public String of(Question question, Event event) {
        return lines.of(clock.instant(), event.level(), json -> {
            json.writeStringField("event", event.name());
            json.writeStringField("outcome", event.status().word());
            write(json, question, event);
            for (Event.Fact fact : event.facts()) {
                write(json, fact);
            }
        });
    }

    private static void write(JsonGenerator json, Question question, Event event) throws IOException {
        boolean other = !event.username().isEmpty();
        question.writeNames(json);
        if (event.fact("client").isEmpty()) {
            JsonLines.text(json, "client", question.client());
        }
        if (event.fact("user").isEmpty()) {
            JsonLines.text(json, "user", other ? event.username() : question.username());
        }
        question.writeTarget(json);
    }

    private static void write(JsonGenerator json, Event.Fact fact) throws IOException {
        if (fact.isNumber()) {
            json.writeFieldName(fact.name());
            json.writeNumber(fact.text());
        } else {
            json.writeStringField(fact.name(), fact.text());
        }
    }
}
