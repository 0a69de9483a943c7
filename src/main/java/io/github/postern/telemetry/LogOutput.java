package io.github.postern.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.LevelFilter;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.github.postern.config.LineFormat;
import io.github.postern.config.LoggingSettings;
import io.github.postern.config.LoggingSettings.LogLevel;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/**
 * Where lines go and what they look like, as the settings ask. Until these are read, {@code logback.xml} alone decides, and what it says
 * of levels stays true.
 */
public final class LogOutput implements AutoCloseable {
    private static final String OURS = "io.github.postern";
    // as in logback.xml, but for the zone
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,ZONE} %-5level %logger{0} "
            + "%.-4096replace(%msg){'[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]','?'} "
            + "%replace(%replace(%ex){'\\s*\\n\\s*',' | '}){'[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]','?'}%n";

    private final LoggerContext context;
    private final LoggingSettings settings;
    private final Encoder<ILoggingEvent> standard;
    private final LineWriter lines;
    private final LineWriter errors;

    /**
     * @param context Logback
     * @param out standard output, not buffered
     * @param err standard error, not buffered
     */
    public LogOutput(LoggerContext context, LoggingSettings settings, OutputStream out, OutputStream err) {
        this.context = context;
        this.settings = settings;
        this.standard = encoder();
        this.lines = new LineWriter(out, this::lost, LineQueue.Limits.USUAL);
        this.errors = new LineWriter(err, this::lost, LineQueue.Limits.USUAL);
    }

    /** The zone of all times. */
    public static ZoneId zone(LoggingSettings settings) {
        return settings.localTime() ? ZoneId.systemDefault() : ZoneOffset.UTC;
    }

    /** From here on, Logback does as the settings ask. */
    public void take() {
        lines.start();
        if (settings.level() != LogLevel.INFO) { // the default leaves what POSTERN_LOG_LEVEL says
            context.getLogger(OURS).setLevel(Level.valueOf(settings.level().name()));
        }
        Logger auth = context.getLogger(AuthLog.LOGGER);
        auth.setLevel(settings.decisions().on() ? auth.getEffectiveLevel() : Level.OFF);
        if (settings.json() || settings.decisions().format().isPresent()) {
            alone(auth);
        }
        Logger requests = context.getLogger(RequestLog.LOGGER);
        requests.setLevel(settings.requests().on() ? Level.INFO : Level.OFF);
        alone(requests);
        if (!settings.standard().on()) {
            context.getLogger(OURS).setLevel(Level.ERROR);
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
        }
        standard(context.getLogger(Logger.ROOT_LOGGER_NAME));
    }

    /** Writes what waits, as far as the outputs take it. Lines that come later are written too, by whoever has them. */
    @Override
    public void close() {
        errors.end(); // the time of both begins now
        lines.close();
        errors.close();
    }

    private void alone(Logger logger) {
        logger.setAdditive(false);
        logger.addAppender(started(new LineAppender(new WholeLine(), lines)));
    }

    private <A extends Appender<ILoggingEvent>> A started(A appender) {
        appender.setContext(context);
        appender.start();
        return appender;
    }

    private void standard(Logger root) {
        root.detachAndStopAllAppenders();
        root.addAppender(appender(
                "System.out", lines, other(settings.errorsToOutput() ? FilterReply.NEUTRAL : FilterReply.DENY)));
        if (!settings.errorsToOutput()) {
            errors.start();
            root.addAppender(appender("System.err", errors, onlyErrors()));
        }
    }

    private LineAppender appender(String name, LineWriter writer, Filter<ILoggingEvent> filter) {
        var appender = new LineAppender(standard, writer);
        appender.setName(name);
        appender.addFilter(filter);
        return started(appender);
    }

    /** How many lines are missing since the start, because an output did not take them. */
    public long lost() {
        return lines.lost() + errors.lost();
    }

    /** The line that says how many were left out. */
    byte[] lost(long count) {
        var event = new LoggingEvent(
                "", context.getLogger(LineWriter.class), Level.WARN, "lines-lost count=" + count, null, null);
        event.setKeyValuePairs(List.of(new KeyValuePair("event", "lines-lost"), new KeyValuePair("count", count)));
        return standard.encode(event);
    }

    private Filter<ILoggingEvent> onlyErrors() {
        var filter = new ThresholdFilter();
        filter.setLevel(Level.ERROR.levelStr);
        filter.start();
        return filter;
    }

    /** @param ofErrors what becomes of errors */
    private Filter<ILoggingEvent> other(FilterReply ofErrors) {
        var filter = new LevelFilter();
        filter.setLevel(Level.ERROR);
        filter.setOnMatch(ofErrors);
        filter.setOnMismatch(FilterReply.NEUTRAL);
        filter.start();
        return filter;
    }

    private Encoder<ILoggingEvent> encoder() {
        ZoneId zone = zone(settings);
        Optional<LineFormat> format = settings.standard().format();
        if (format.isPresent()) {
            return layout(new StandardLayout(format.get(), zone));
        }
        return settings.json() ? layout(new JsonLayout(zone)) : pattern();
    }

    private Encoder<ILoggingEvent> layout(LayoutBase<ILoggingEvent> layout) {
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        return encoder;
    }

    private Encoder<ILoggingEvent> pattern() {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN.replace(
                "ZONE",
                zone(settings).equals(ZoneOffset.UTC) ? "UTC" : zone(settings).getId()));
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        return encoder;
    }
}
