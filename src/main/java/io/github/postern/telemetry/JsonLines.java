package io.github.postern.telemetry;

import java.time.Instant;
import java.time.ZoneId;
import org.slf4j.event.Level;

/** Lines that are JSON objects: a time (RFC 3339) and a level first, and nothing that has no value. */
final class JsonLines {
    private static final int THOUSAND = 1000;

    private final Timestamps seconds;

    /** @param zone which times they show */
    JsonLines(ZoneId zone) {
        this.seconds = Timestamps.withGap(zone);
    }

    JsonText begin(Instant moment, Level level) {
        return new JsonText().text("time", time(moment)).text("level", word(level));
    }

    private static String word(Level level) {
        return switch (level) {
            case ERROR -> "error";
            case WARN -> "warn";
            case INFO -> "info";
            case DEBUG -> "debug";
            case TRACE -> "trace";
        };
    }

    private String time(Instant moment) {
        int millis = (int) (moment.toEpochMilli() % THOUSAND);
        String fraction = "." + Integer.toString(THOUSAND + millis).substring(1);
        return seconds.of(moment).replace("%", fraction);
    }
}
