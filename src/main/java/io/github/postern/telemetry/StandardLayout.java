package io.github.postern.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.github.postern.config.LineFormat;
import java.time.ZoneId;
import java.util.stream.Collectors;

/** Lines that are neither about decisions nor about requests, in the operator's own format ({@code standard-logging-format}). */
final class StandardLayout extends LayoutBase<ILoggingEvent> {
    private static final int LONGEST = 16_384;

    private final Template template;
    private final Timestamps timestamps;

    StandardLayout(LineFormat format, ZoneId zone) {
        this.template = new Template(format);
        this.timestamps = new Timestamps(zone);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return template.filled(name -> switch (name) {
                    case "Timestamp" -> timestamps.of(event.getInstant());
                    case "File" -> shortName(event.getLoggerName());
                    default -> Printable.of(message(event), LONGEST);
                })
                + System.lineSeparator();
    }

    private static String message(ILoggingEvent event) {
        return event.getThrowableProxy() == null
                ? event.getFormattedMessage()
                : event.getFormattedMessage() + " | " + trace(event);
    }

    private static String trace(ILoggingEvent event) {
        return ThrowableProxyUtil.asString(event.getThrowableProxy())
                .lines()
                .map(String::strip)
                .collect(Collectors.joining(" | "));
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
