package io.github.postern.telemetry;

import java.util.Locale;

/** How something went. */
enum Status {
    SUCCESS("AuthSuccess"),
    FAILURE("AuthFailure"),
    ERROR("AuthError");

    private final String template;
    private final String word = name().toLowerCase(Locale.ROOT);

    Status(String template) {
        this.template = template;
    }

    /** In oauth2-proxy's words, for lines after the operator's template. */
    String template() {
        return template;
    }

    String word() {
        return word;
    }
}
