package io.github.postern.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans of requests. What they tell are words of ours and of the operator's rules, and of a request what its line in the log tells too,
 * without the people: no address, no name, no path of an app, no query, no cookie, no token.
 */
public final class Tracing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);
    private static final long LONGEST_FAREWELL_SECONDS = 3;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final CallSpans calls;

    Tracing(OpenTelemetrySdk sdk, String version) {
        this.sdk = sdk;
        this.tracer = sdk.getTracerProvider().get("io.github.postern", version);
        this.propagator = sdk.getPropagators().getTextMapPropagator();
        this.calls = new CallSpans(tracer, propagator, InstantSource.system());
    }

    /**
     * Traces as the variables ask for them.
     *
     * @param version ours
     * @throws IllegalArgumentException with a sentence for the operator, when a variable is wrong
     */
    public static Tracing start(Variables variables, String version) {
        variables.mistakes().stream().findFirst().ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
        var tracing = new Tracing(new Sdk(variables, version).start(), version);
        LOG.info("{}", variables.notice());
        return tracing;
    }

    /** What is wrong with the variables, one sentence each. */
    public static List<String> mistakes(Variables variables) {
        List<String> mistakes = variables.mistakes();
        return mistakes.isEmpty() ? refusal(variables) : mistakes;
    }

    /** OpenTelemetry is built to see whether it can be, and ended before anything is sent. */
    private static List<String> refusal(Variables variables) {
        try {
            new Sdk(variables, "").start().close();
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }

    /**
     * The request that this thread answers from now on begins.
     *
     * @return what must hear of its end
     */
    @SuppressWarnings("MustBeClosedChecker") // the end of the request closes it, which the container tells
    public RequestSpan begin(Asked asked) {
        Span span = tracer.spanBuilder(asked.name())
                .setParent(Parents.of(asked, propagator))
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(Names.METHOD, asked.knownMethod())
                .setAttribute(Names.ROUTE, asked.route())
                .setAttribute(Names.SCHEME, asked.scheme())
                .setAttribute(Names.SERVER, asked.host())
                .startSpan();
        asked.path().ifPresent(path -> span.setAttribute(Names.PATH, path));
        known(span, Names.USER_AGENT, asked.userAgent());
        return new RequestSpan(span, Context.root().with(span).makeCurrent());
    }

    /** The trace that the request of this thread belongs to; empty without one. */
    public String traceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : "";
    }

    /**
     * The check that this thread makes was decided.
     *
     * @param rule what decided; empty where no single one did
     * @param reason why; empty where there is nothing to say
     */
    public void decided(String outcome, String rule, String reason) {
        Span span = Span.current();
        span.setAttribute(Names.OUTCOME, outcome);
        known(span, Names.RULE, rule);
        known(span, Names.REASON, reason);
    }

    private static void known(Span span, AttributeKey<String> name, String text) {
        if (!text.isEmpty()) {
            span.setAttribute(name, text);
        }
    }

    /**
     * Something else happened while this thread answered.
     *
     * @param event its name, as in the log
     * @param reason why; empty where there is nothing to say
     * @param reference what stands on the user's page; empty where nothing does
     */
    public void happened(String event, String reason, String reference) {
        Span span = Span.current();
        span.addEvent(event, about(reason, reference));
        known(span, Names.REASON, reason);
        known(span, Names.REFERENCE, reference);
    }

    private static Attributes about(String reason, String reference) {
        AttributesBuilder attributes = Attributes.builder();
        if (!reason.isEmpty()) {
            attributes.put(Names.REASON, reason);
        }
        if (!reference.isEmpty()) {
            attributes.put(Names.REFERENCE, reference);
        }
        return attributes.build();
    }

    /** The calls we make. */
    public CallSpans calls() {
        return calls;
    }

    /** Sends what is left, if the collector takes it in time. */
    @Override
    public void close() {
        sdk.shutdown().join(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
}
