package io.github.postern.tracing;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, now and then, when the collector does not take spans. Nobody else is held up by that. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** Theirs is of the network alone. */
    private static final List<Class<? extends IOException>> TELLING =
            List.of(ConnectException.class, UnknownHostException.class, HttpTimeoutException.class, SSLException.class);

    private static final Duration TOLD_EVERY = Duration.ofMinutes(5);

    private final String endpoint;
    private long lost;
    private long toldAt;

    /** @param endpoint where spans go */
    Delivery(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The same exporter, heard. It is a proxy, because Weld loads every class of ours to look for beans: one that implemented their
     * interface would bring that along, also where nobody wants traces.
     */
    SpanExporter heard(SpanExporter exporter) {
        return (SpanExporter) Proxy.newProxyInstance(
                SpanExporter.class.getClassLoader(),
                new Class<?>[] {SpanExporter.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(exporter, arguments);
                    if (method.getName().equals("export")) {
                        await((CompletableResultCode) result, ((Collection<?>) arguments[0]).size());
                    }
                    return result;
                });
    }

    private void await(CompletableResultCode result, int spans) {
        result.whenComplete(() -> {
            if (result.isSuccess()) {
                taken();
            } else {
                refused(spans, result);
            }
        });
    }

    private synchronized void taken() {
        if (lost > 0) {
            LOG.info("Traces are sent to {} again; {} spans were lost.", endpoint, lost);
            lost = 0;
        }
    }

    private synchronized void refused(int count, CompletableResultCode result) {
        boolean first = lost == 0;
        lost += count;
        if (first || System.nanoTime() - toldAt > TOLD_EVERY.toNanos()) {
            toldAt = System.nanoTime();
            LOG.warn("Traces cannot be sent to {}: {}; {} spans are lost so far.", endpoint, why(result), lost);
        }
    }

    private static String why(CompletableResultCode result) {
        Throwable failure = result.getFailureThrowable();
        if (failure instanceof HttpExportException http && http.getResponse() != null) {
            return "it answers " + http.getResponse().getStatusCode();
        }
        return Optional.ofNullable(failure)
                .map(thrown -> Optional.ofNullable(thrown.getCause()).orElse(thrown))
                .map(Delivery::told)
                .orElse("no answer");
    }

    /** The text of some says what to do. That of others may hold the request's headers, and so the collector's key. */
    private static String told(Throwable failure) {
        return TELLING.stream().anyMatch(kind -> kind.isInstance(failure))
                ? failure.toString()
                : failure.getClass().getName();
    }
}
