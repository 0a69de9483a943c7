package io.github.postern.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;

/** The span of the request that this thread is answering, from the begin to the end. */
public final class RequestSpan {
    private static final int SERVER_ERROR = 500;

    private final Span span;
    private final Scope scope;

    RequestSpan(Span span, Scope scope) {
        this.span = span;
        this.scope = scope;
    }

    /** It was answered so. */
    public void answered(int status) {
        span.setAttribute(Names.STATUS, status);
        if (status >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute(Names.ERROR, Integer.toString(status));
        }
    }

    /** It is over; on the thread on which it began. */
    public void end() {
        scope.close();
        span.end();
    }
}
