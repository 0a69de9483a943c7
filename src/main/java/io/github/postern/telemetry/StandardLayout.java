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
        this.timestamps = Timestamps.likeGo(zone);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return template.filled(name -> switch (name) {
                    case "Timestamp" -> timestamps.of(event.getInstant());
                    case "File" -> shortName(event.getLoggerName());
                    default -> withTrace(event);
                })
                + System.lineSeparator();
    }

    private static String withTrace(ILoggingEvent event) {
        String trace = trace(event);
        return trace.isEmpty() ? message(event) : Printable.of(message(event) + " | " + trace, LONGEST);
    }

    /** Its text, printable. */
    static String message(ILoggingEvent event) {
        return Printable.of(event.getFormattedMessage(), LONGEST);
    }

    /** On one line, printable; empty where nothing was thrown. */
    static String trace(ILoggingEvent event) {
        if (event.getThrowableProxy() == null) {
            return "";
        }
        String lines = ThrowableProxyUtil.asString(event.getThrowableProxy());
        return Printable.of(lines.lines().map(String::strip).collect(Collectors.joining(" | ")), LONGEST);
    }

    static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
