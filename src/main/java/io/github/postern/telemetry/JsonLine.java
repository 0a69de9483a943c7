package io.github.postern.telemetry;

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
        JsonText json = lines.begin(clock.instant(), event.level());
        json.text("event", event.name()).text("outcome", event.status().word());
        write(json, question, event);
        for (Event.Fact fact : event.facts()) {
            write(json, fact);
        }
        return json.line();
    }

    private static void write(JsonText json, Question question, Event event) {
        question.writeNames(json);
        if (event.fact("client").isEmpty()) {
            json.told("client", question.client());
        }
        json.told("user", question.user(event));
        question.writeTarget(json);
    }

    private static void write(JsonText json, Event.Fact fact) {
        if (fact.isNumber()) {
            json.number(fact.name(), fact.text());
        } else {
            json.text(fact.name(), fact.text());
        }
    }
}
