package io.github.postern.config;

import java.util.Locale;

/** What the value of an option is made of. */
enum ValueType {
    /** One piece of text. */
    STRING,
    /** Several pieces: a repeated flag, an array in the file, or one text split on commas. */
    LIST,
    /** {@code true} or {@code false}. */
    BOOL,
    /** A whole number. */
    INT,
    /** A length of time as Go writes it, for example {@code 1h30m}. */
    DURATION;

    /** The word for it in the documentation. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
