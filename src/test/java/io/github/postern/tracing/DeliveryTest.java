package io.github.postern.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What the log says of a collector that takes no spans. */
final class DeliveryTest {
    private static Stream<Arguments> failures() {
        return Stream.of(
                // so the JDK's client says it
                Arguments.of(
                        new IllegalArgumentException("invalid header value: \"hush–hush\""),
                        "java.lang.IllegalArgumentException"),
                Arguments.of(new IOException("hush–hush"), "java.io.IOException"),
                Arguments.of(new ConnectException(), "java.net.ConnectException"),
                Arguments.of(
                        new UnknownHostException("collector: Name or service not known"),
                        "java.net.UnknownHostException: collector: Name or service not known"),
                Arguments.of(
                        new HttpTimeoutException("request timed out"),
                        "java.net.http.HttpTimeoutException: request timed out"),
                Arguments.of(
                        new SSLHandshakeException("PKIX path building failed"),
                        "javax.net.ssl.SSLHandshakeException: PKIX path building failed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("it says why, and shows no key")
    void why(Exception failure, String told) {
        assertThat(lines(FailedExportException.httpFailedExceptionally(failure)))
                .containsExactly(
                        "Traces cannot be sent to http://collector:4318: " + told + "; 0 spans are lost so far.");
    }

    private static List<String> lines(Throwable failure) {
        var log = (Logger) LoggerFactory.getLogger(Delivery.class);
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        log.addAppender(heard);
        try {
            new Delivery("http://collector:4318").heard(new Failing(failure)).export(List.of());
        } finally {
            log.detachAppender(heard);
        }
        return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Sends nothing. */
    private record Failing(Throwable failure) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofExceptionalFailure(failure);
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
