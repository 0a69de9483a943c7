package io.github.postern.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.github.postern.config.LineFormat;
import io.github.postern.config.LoggingSettings;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A Logback of its own, set up as at start, and what it wrote of lines with a format of their own. */
final class Lines {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();

    Lines(LoggingSettings settings) throws JoranException {
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new File("src/main/resources/logback.xml"));
        new LogOutput(context, settings, out, err).take();
    }

    LoggerContext context() {
        return context;
    }

    String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What somebody asked for. */
    static Question question(String traceId) {
        return new Question(
                "203.0.113.7",
                "mlflow.akko.local",
                "POST",
                "/x/y",
                "HTTP/1.1",
                "curl/8.5.0",
                "alice@akko.local",
                "id-1",
                true,
                traceId);
    }

    /** Everything as by default, but text. */
    static LoggingSettings usual() {
        return settings(true, Optional.empty(), Optional.empty(), true, Optional.empty(), false);
    }

    /** Everything by default, JSON among it. */
    static LoggingSettings json() {
        return settings(true, Optional.empty(), Optional.empty(), true, Optional.empty(), true);
    }

    static LoggingSettings settings(
            boolean decisions,
            Optional<LineFormat> decisionFormat,
            Optional<LineFormat> requestFormat,
            boolean standard,
            Optional<LineFormat> standardFormat) {
        return settings(decisions, decisionFormat, requestFormat, standard, standardFormat, false);
    }

    private static LoggingSettings settings(
            boolean decisions,
            Optional<LineFormat> decisionFormat,
            Optional<LineFormat> requestFormat,
            boolean standard,
            Optional<LineFormat> standardFormat,
            boolean json) {
        return new LoggingSettings(
                json,
                LoggingSettings.LogLevel.INFO,
                new LoggingSettings.Lines(decisions, decisionFormat),
                true,
                new LoggingSettings.Lines(requestFormat.isPresent(), requestFormat),
                new LoggingSettings.Lines(standard, standardFormat),
                false,
                List.of(),
                true,
                false,
                Optional.empty());
    }
}
