package io.github.postern.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Spans of the calls we make, below the span of the request they are made for. */
public final class CallSpans {
    private static final int REFUSED = 400;
    /** Where there is no better word (semantic conventions, error.type). */
    private static final String SOME_ERROR = "_OTHER";

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final InstantSource clock;

    CallSpans(Tracer tracer, TextMapPropagator propagator, InstantSource clock) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.clock = clock;
    }

    /** A call to the provider. */
    public final class ProviderCall {
        private final Span span;

        private ProviderCall(Span span) {
            this.span = span;
        }

        /** What the request must carry, so that the provider's own spans come below this one. */
        public Map<String, String> headers() {
            var headers = new HashMap<String, String>();
            propagator.inject(Context.root().with(span), headers, (carrier, name, value) -> headers.put(name, value));
            return headers;
        }

        /** @param status of the answer; 0 where none came */
        public void ended(int status) {
            if (status > 0) {
                span.setAttribute(Names.STATUS, status);
            }
            if (status == 0 || status >= REFUSED) {
                span.setStatus(StatusCode.ERROR);
                span.setAttribute(Names.ERROR, status == 0 ? SOME_ERROR : Integer.toString(status));
            }
            span.end();
        }
    }

    /**
     * A call to the provider begins: for the request of this thread, or else for ourselves.
     *
     * @param endpoint what is asked there, such as {@code token}
     */
    public ProviderCall provider(String endpoint, HttpRequest request) {
        URI uri = request.uri();
        Span span = tracer.spanBuilder(request.method() + " " + endpoint)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(Names.METHOD, request.method())
                .setAttribute(Names.ENDPOINT, endpoint)
                .setAttribute(Names.SERVER, uri.getHost())
                .setAttribute(Names.PORT, port(uri))
                // the query may hold a token
                .setAttribute(Names.URL, uri.getScheme() + "://" + uri.getHost() + ":" + port(uri) + uri.getRawPath())
                .startSpan();
        return new ProviderCall(span);
    }

    private static long port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    /** A call to Redis ended. Those that no request made are left out: some are made every second. */
    public void redis(String command, boolean isDone, long nanos) {
        if (!Span.current().isRecording()) {
            return;
        }
        String name = command.toUpperCase(Locale.ROOT);
        Span span = tracer.spanBuilder(name)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(clock.instant().minusNanos(nanos))
                .setAttribute(Names.DATABASE, "redis")
                .setAttribute(Names.COMMAND, name)
                .startSpan();
        if (!isDone) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute(Names.ERROR, SOME_ERROR);
        }
        span.end(clock.instant());
    }

    /** Work for the request of this thread, to be done on another thread. */
    public Runnable carried(Runnable work) {
        return Context.current().wrap(work);
    }
}
