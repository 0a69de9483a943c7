package io.github.postern.telemetry;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as Go writes them by {@code 2006/01/02 15:04:05}. Each second is formatted once, more or less. */
final class Timestamps {
    private final DateTimeFormatter format;
    // replaced as a whole: a thread that loses the race formats the second once more
    private volatile Second last;

    Timestamps(ZoneId zone) {
        this.format = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss").withZone(zone);
        this.last = second(0);
    }

    String of(Instant moment) {
        Second known = last;
        if (known.epoch != moment.getEpochSecond()) {
            known = second(moment.getEpochSecond());
            last = known;
        }
        return known.text;
    }

    private Second second(long epoch) {
        return new Second(epoch, format.format(Instant.ofEpochSecond(epoch)));
    }

    private record Second(long epoch, String text) {}
}
