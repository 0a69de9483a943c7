package io.github.postern.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Lines that are complete as they come: each is one write, so it needs no lock to stay whole. */
final class LineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final OutputStream out;

    LineAppender(OutputStream out) {
        this.out = out;
    }

    @Override
    protected void append(ILoggingEvent event) {
        try {
            out.write((event.getFormattedMessage() + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            addError("a line could not be written", e);
        }
    }
}
