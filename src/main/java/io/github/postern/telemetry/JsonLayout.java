package io.github.postern.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** Lines that are neither about decisions nor about requests, as JSON objects. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    private final JsonLines lines;

    /** @param zone which times they show */
    JsonLayout(ZoneId zone) {
        this.lines = new JsonLines(zone);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        JsonText json = lines.begin(event.getInstant(), Level.valueOf(event.getLevel().levelStr));
        names(json, event);
        json.text("logger", StandardLayout.shortName(event.getLoggerName()));
        json.text("message", StandardLayout.message(event));
        String trace = StandardLayout.trace(event);
        if (!trace.isEmpty()) {
            json.text("trace", trace);
        }
        return json.line() + '\n';
    }

    private static void names(JsonText json, ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                json.told(pair.key, String.valueOf(pair.value));
            }
        }
    }
}
