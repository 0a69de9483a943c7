package io.github.postern.telemetry;

import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.Level;

/** An answered request as a JSON object. */
public final class JsonRequestLine implements RequestLine {
    private final JsonLines lines;

    /** @param zone which times it shows */
    public JsonRequestLine(ZoneId zone) {
        this.lines = new JsonLines(zone);
    }

    @Override
    public String of(Question question, Answer answer) {
        return lines.of(answer.began(), Level.INFO, json -> {
            json.writeStringField("event", "answered");
            question.writeNames(json);
            JsonLines.text(json, "client", question.client());
            JsonLines.text(json, "user", question.username());
            question.writeTarget(json);
            JsonLines.text(json, "agent", question.userAgent());
            json.writeNumberField("status", answer.status());
            json.writeNumberField("bytes", answer.bytes());
            json.writeNumberField("micros", TimeUnit.NANOSECONDS.toMicros(answer.nanos()));
        });
    }
}
