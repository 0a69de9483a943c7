package io.github.postern.telemetry;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times to the second, in one zone. Each second is formatted once, more or less. */
final class Timestamps {
    private final DateTimeFormatter format;
    // replaced as a whole: a thread that loses the race formats the second once more
    private volatile Second last;

    private Timestamps(String pattern, ZoneId zone) {
        this.format = DateTimeFormatter.ofPattern(pattern).withZone(zone);
        this.last = second(0);
    }

    /** As Go writes them by {@code 2006/01/02 15:04:05}. */
    static Timestamps likeGo(ZoneId zone) {
        return new Timestamps("uuuu/MM/dd HH:mm:ss", zone);
    }

    /** As RFC 3339 writes them, with a gap for the fraction: {@code 2026-11-24T12:00:00%Z}. */
    static Timestamps withGap(ZoneId zone) {
        return new Timestamps("uuuu-MM-dd'T'HH:mm:ss'%'XXX", zone);
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
