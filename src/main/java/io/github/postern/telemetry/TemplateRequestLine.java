package io.github.postern.telemetry;

import io.github.postern.config.LineFormat;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;

/** An answered request in the operator's own format ({@code request-logging-format}). */
public final class TemplateRequestLine implements RequestLine {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final Template template;
    private final Timestamps timestamps;

    /**
     * @param format the line
     * @param zone which times it shows
     */
    public TemplateRequestLine(LineFormat format, ZoneId zone) {
        this.template = new Template(format);
        this.timestamps = Timestamps.likeGo(zone);
    }

    @Override
    public String of(Question question, Answer answer) {
        return template.filled(name -> switch (name) {
            case "RequestDuration" -> String.format(Locale.ROOT, "%.3f", answer.nanos() / NANOS);
            case "RequestURI" -> Printable.quoted(Printable.of(question.path()));
            case "ResponseSize" -> Long.toString(answer.bytes());
            case "StatusCode" -> Integer.toString(answer.status());
            case "Timestamp" -> timestamps.of(answer.began());
            default -> question.field(name);
        });
    }
}
