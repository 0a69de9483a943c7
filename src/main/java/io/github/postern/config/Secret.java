package io.github.postern.config;

import java.nio.charset.StandardCharsets;

/**
 * A value that must not be printed. {@link #toString()} is {@code ***}, so that no log line, error or record of settings
 * shows it by accident.
 *
 * @param value the secret itself, in clear
 */
public record Secret(String value) {
    /** The secret as UTF-8 bytes. */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
