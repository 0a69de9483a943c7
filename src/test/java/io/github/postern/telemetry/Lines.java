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
    private final LoggerContext context = new LoggerContext();

    Lines(LoggingSettings settings) throws JoranException {
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new File("src/main/resources/logback.xml"));
        new LogOutput(context, settings, out).take();
    }

    LoggerContext context() {
        return context;
    }

    String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Everything as by default. */
    static LoggingSettings usual() {
        return settings(true, Optional.empty(), Optional.empty(), true, Optional.empty());
    }

    static LoggingSettings settings(
            boolean decisions,
            Optional<LineFormat> decisionFormat,
            Optional<LineFormat> requestFormat,
            boolean standard,
            Optional<LineFormat> standardFormat) {
        return new LoggingSettings(
                decisions,
                decisionFormat,
                requestFormat,
                standard,
                standardFormat,
                false,
                List.of(),
                true,
                false,
                Optional.empty());
    }
}
