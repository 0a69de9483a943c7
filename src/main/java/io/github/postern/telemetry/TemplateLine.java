package io.github.postern.telemetry;

import io.github.postern.config.LineFormat;
import java.time.InstantSource;
import java.time.ZoneId;

/** The line of an event in the operator's own format ({@code auth-logging-format}). */
public final class TemplateLine implements EventLine {
    private final Template template;
    private final Timestamps timestamps;
    private final InstantSource clock;

    /**
     * @param format the line
     * @param zone which times it shows
     * @param clock what time it is
     */
    public TemplateLine(LineFormat format, ZoneId zone, InstantSource clock) {
        this.template = new Template(format);
        this.timestamps = Timestamps.likeGo(zone);
        this.clock = clock;
    }

    @Override
    public String of(Question question, Event event) {
        return template.filled(name -> switch (name) {
            case "Timestamp" -> timestamps.of(clock.instant());
            case "Status" -> event.status().template();
            case "Message" -> message(question, event);
            case "Username" -> event.username().isEmpty() ? question.field(name) : Printable.of(event.username());
            default -> question.field(name);
        });
    }

    /** The template has no field for the path. */
    private static String message(Question question, Event event) {
        var message = new StringBuilder(event.text());
        if (!question.path().isEmpty()) {
            Event.append(message, "path", Printable.of(question.path()));
        }
        return message.toString();
    }
}
