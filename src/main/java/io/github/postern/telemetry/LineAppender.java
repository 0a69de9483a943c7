package io.github.postern.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;

/** Hands lines to the one who writes them. */
final class LineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** Marks lines that are many, and may be written a moment after the caller went on. */
    static final Marker MAY_WAIT = new BasicMarkerFactory().getDetachedMarker("may-wait");

    private final Encoder<ILoggingEvent> encoder;
    private final LineWriter writer;

    LineAppender(Encoder<ILoggingEvent> encoder, LineWriter writer) {
        this.encoder = encoder;
        this.writer = writer;
    }

    Encoder<ILoggingEvent> encoder() {
        return encoder;
    }

    @Override
    protected void append(ILoggingEvent event) {
        writer.write(encoder.encode(event), mayWait(event));
    }

    private static boolean mayWait(ILoggingEvent event) {
        return event.getMarkerList() != null && event.getMarkerList().contains(MAY_WAIT);
    }
}
