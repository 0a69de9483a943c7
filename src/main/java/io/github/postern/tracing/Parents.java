package io.github.postern.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;

/** Finds the span that a request comes from. */
final class Parents {
    private Parents() {}

    /** Nothing but the span: what else came along, baggage, is not for us, and not for the provider. */
    static Context of(Asked asked, TextMapPropagator propagator) {
        Span parent = Span.fromContext(propagator.extract(Context.root(), asked, Parents::header));
        return parent.getSpanContext().isValid() ? Context.root().with(parent) : Context.root();
    }

    private static @Nullable String header(@Nullable Asked asked, String name) {
        return asked == null ? null : asked.headers().apply(name).orElse(null);
    }
}
