package io.github.postern.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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
        String line = lines.of(event.getInstant(), Level.valueOf(event.getLevel().levelStr), json -> {
            names(json, event);
            json.writeStringField("logger", StandardLayout.shortName(event.getLoggerName()));
            json.writeStringField("message", StandardLayout.message(event));
            String trace = StandardLayout.trace(event);
            if (!trace.isEmpty()) {
                json.writeStringField("trace", trace);
            }
        });
        return line + '\n';
    }

    private static void names(JsonGenerator json, ILoggingEvent event) throws IOException {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                JsonLines.text(json, pair.key, String.valueOf(pair.value));
            }
        }
    }
}
