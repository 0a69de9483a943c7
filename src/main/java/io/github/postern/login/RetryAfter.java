package io.github.postern.login;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** When a provider in trouble wants to be asked again: seconds, or a date (RFC 9110, 10.2.3). */
final class RetryAfter {
    static final String HEADER = "Retry-After";

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** Zero where it says nothing, or nothing that can be read. */
    static Duration of(@Nullable String header, Instant now) {
        String text = header == null ? "" : header.strip();
        if (!text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration left = Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
