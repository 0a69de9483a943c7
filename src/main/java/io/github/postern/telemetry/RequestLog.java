package io.github.postern.telemetry;

import io.github.postern.config.LineFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request, with its answer. */
public final class RequestLog {
    static final String LOGGER = "io.github.postern.requests";
    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final CurrentQuestion current;
    private final Template template;
    private final Timestamps timestamps;
    private final InstantSource clock;
    private final Set<String> silent;

    /**
     * @param current which request is answered
     * @param format the line
     * @param zone which times it shows
     * @param clock what time it is
     * @param silent paths of users' requests that get no line
     */
    public RequestLog(
            CurrentQuestion current, LineFormat format, ZoneId zone, InstantSource clock, List<String> silent) {
        this.current = current;
        this.template = new Template(format);
        this.timestamps = new Timestamps(zone);
        this.clock = clock;
        this.silent = Set.copyOf(silent);
    }

    /** The request of this thread was answered. */
    public void answered(int status, long size) {
        Question question = current.question();
        if (!silent.contains(question.path())) {
            LOG.info(line(question, status, size));
        }
    }

    private String line(Question question, int status, long size) {
        long nanos = current.nanosSinceBegin();
        Instant began = clock.instant().minusNanos(nanos);
        return template.filled(name -> switch (name) {
            case "RequestDuration" -> String.format(Locale.ROOT, "%.3f", nanos / NANOS);
            case "RequestURI" -> Printable.quoted(Printable.of(question.path()));
            case "ResponseSize" -> Long.toString(size);
            case "StatusCode" -> Integer.toString(status);
            case "Timestamp" -> timestamps.of(began);
            default -> question.field(name);
        });
    }
}
