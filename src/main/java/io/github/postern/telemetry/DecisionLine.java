package io.github.postern.telemetry;

import io.github.postern.config.LineFormat;
import java.time.InstantSource;
import java.time.ZoneId;

/** The line of a decision in the operator's own format ({@code auth-logging-format}). */
public final class DecisionLine {
    private final Template template;
    private final Timestamps timestamps;
    private final InstantSource clock;

    /**
     * @param format the line
     * @param zone which times it shows
     * @param clock what time it is
     */
    public DecisionLine(LineFormat format, ZoneId zone, InstantSource clock) {
        this.template = new Template(format);
        this.timestamps = new Timestamps(zone);
        this.clock = clock;
    }

    /**
     * @param username whom it is about, where that is not whoever is signed in; else empty
     * @param message what was decided, printable
     */
    String of(Question question, Outcome outcome, String username, String message) {
        return template.filled(name -> switch (name) {
            case "Timestamp" -> timestamps.of(clock.instant());
            case "Status" -> outcome.word();
            case "Message" -> message;
            case "Username" -> username.isEmpty() ? question.field(name) : Printable.of(username);
            default -> question.field(name);
        });
    }

    /** How a decision went, in oauth2-proxy's words. */
    enum Outcome {
        SUCCESS("AuthSuccess"),
        FAILURE("AuthFailure"),
        ERROR("AuthError");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
