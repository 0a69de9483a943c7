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
        JsonText json = lines.begin(answer.began(), Level.INFO).text("event", "answered");
        question.writeNames(json);
        json.told("client", question.client()).told("user", question.username());
        question.writeTarget(json);
        return json.told("agent", question.userAgent())
                .number("status", Integer.toString(answer.status()))
                .number("bytes", Long.toString(answer.bytes()))
                .number("micros", Long.toString(TimeUnit.NANOSECONDS.toMicros(answer.nanos())))
                .line();
    }
}
