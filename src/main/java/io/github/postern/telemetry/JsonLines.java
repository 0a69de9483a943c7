package io.github.postern.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.slf4j.event.Level;

/** Lines that are JSON objects: a time (RFC 3339) and a level first, and nothing that has no value. */
final class JsonLines {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int THOUSAND = 1000;

    private final Timestamps seconds;

    /** @param zone which times they show */
    JsonLines(ZoneId zone) {
        this.seconds = Timestamps.withGap(zone);
    }

    /** What a line holds besides. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    String of(Instant moment, Level level, Fields fields) {
        var line = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", time(moment));
            json.writeStringField("level", level.name().toLowerCase(Locale.ROOT));
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text was not written to memory", e);
        }
        return line.toString();
    }

    /** @param text what strangers send; where it is empty, there is no such field */
    static void text(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, Printable.of(text));
        }
    }

    private String time(Instant moment) {
        int millis = (int) (moment.toEpochMilli() % THOUSAND);
        String fraction = "." + Integer.toString(THOUSAND + millis).substring(1);
        return seconds.of(moment).replace("%", fraction);
    }
}
