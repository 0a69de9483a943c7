package io.github.postern.config;

import java.util.List;

/** The settings cannot be used; the message lists every mistake, one line each, and shows no secret. */
public final class InvalidSettings extends RuntimeException {
    private final List<String> mistakes;

    /** @param mistakes one line each: the option, what is wrong with it, how to mend it */
    public InvalidSettings(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One line each: the option, what is wrong with it, how to mend it. */
    public List<String> mistakes() {
        return mistakes;
    }
}
