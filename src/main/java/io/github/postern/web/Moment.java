package io.github.postern.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A point in time on a page.
 *
 * @param iso for machines (ISO 8601, UTC); empty when there is no such point
 * @param text for people
 */
public record Moment(String iso, String text) {
    private static final DateTimeFormatter READABLE = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** {@link Instant#MAX} stands for a browser session. */
    public static Moment of(Instant instant) {
        try {
            return instant.equals(Instant.MAX)
                    ? new Moment("", "when you close the browser")
                    : new Moment(instant.truncatedTo(ChronoUnit.SECONDS).toString(), READABLE.format(instant));
        } catch (DateTimeException outsideTheCalendar) {
            return new Moment("", "unknown");
        }
    }
}
