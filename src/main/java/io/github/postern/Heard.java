package io.github.postern;

import io.github.postern.login.ProviderCalls;
import io.github.postern.redis.CallListener;
import io.github.postern.telemetry.Event;
import io.github.postern.telemetry.Listener;
import io.github.postern.telemetry.Metrics;
import io.github.postern.telemetry.Outcome;
import io.github.postern.tracing.CallSpans;
import io.github.postern.tracing.Tracing;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/** Who hears of decisions and calls: metrics, traces, both, or nobody, who costs nothing. */
record Heard(Optional<Metrics> metrics, Optional<Tracing> tracing) {
    Listener decisions() {
        Listener counted = metrics.<Listener>map(meters -> meters).orElse(Listener.NONE);
        return tracing.<Listener>map(spans -> new Decisions(spans, counted)).orElse(counted);
    }

    CallListener storeCalls() {
        CallListener counted =
                metrics.<CallListener>map(meters -> meters::storeCalled).orElse(CallListener.NONE);
        return tracing.<CallListener>map(spans -> (command, result, nanos) -> {
                    spans.calls().redis(command, result.equals("ok"), nanos);
                    counted.called(command, result, nanos);
                })
                .orElse(counted);
    }

    ProviderCalls providerCalls() {
        ProviderCalls counted = metrics.map(Heard::counted).orElse(ProviderCalls.NONE);
        return tracing.<ProviderCalls>map(spans -> new Calls(spans.calls(), counted))
                .orElse(counted);
    }

    private static ProviderCalls counted(Metrics meters) {
        return (endpoint, request) -> (result, status, nanos) -> meters.providerCalled(endpoint, result, nanos);
    }

    /** Decisions are put into the span of the request they are about. */
    private record Decisions(Tracing spans, Listener counted) implements Listener {
        @Override
        public void checked(Outcome outcome, String rule, String reason, long nanos) {
            spans.decided(outcome.word(), rule, reason);
            counted.checked(outcome, rule, reason, nanos);
        }

        @Override
        public void happened(Event event) {
            spans.happened(event.name(), event.fact("reason"), event.fact("reference"));
            counted.happened(event);
        }
    }

    /** Calls have spans of their own. */
    private record Calls(CallSpans spans, ProviderCalls counted) implements ProviderCalls {
        @Override
        public Call begin(String endpoint, HttpRequest request) {
            Call counting = counted.begin(endpoint, request);
            CallSpans.ProviderCall span = spans.provider(endpoint, request);
            return new Call() {
                @Override
                public Map<String, String> headers() {
                    return span.headers();
                }

                @Override
                public void ended(String result, int status, long nanos) {
                    span.ended(status);
                    counting.ended(result, status, nanos);
                }
            };
        }

        @Override
        public Runnable carried(Runnable work) {
            return spans.carried(work);
        }
    }
}
