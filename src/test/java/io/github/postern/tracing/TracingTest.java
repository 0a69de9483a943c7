package io.github.postern.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What spans tell, and which belong together. */
final class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final HttpRequest TOKEN = HttpRequest.newBuilder(
                    URI.create("https://hush@keycloak.inner:8443/token?code=hush"))
            .POST(HttpRequest.BodyPublishers.ofString("hush"))
            .header("Authorization", "Basic hush")
            .build();

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final Tracing tracing = new Tracing(sdk(exporter), "1");

    private static OpenTelemetrySdk sdk(InMemorySpanExporter exporter) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /oauth2/auth, GET /oauth2/auth, GET",
        "POST, /oauth2/callback, POST /oauth2/callback, POST",
        "PROPFIND, /*, HTTP /*, _OTHER",
        "get, /*, HTTP /*, _OTHER"
    })
    @DisplayName("a request's span is named by method and route, of which there are few")
    void named(String method, String route, String name, String told) {
        request(asked(method, route, Map.of()), 200, () -> {});
        SpanData span = only();
        assertThat(span.getName()).isEqualTo(name);
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(texts(span))
                .containsEntry("http.request.method", told)
                .containsEntry("http.route", route)
                .containsEntry("http.response.status_code", "200")
                .containsEntry("url.scheme", "https")
                .containsEntry("server.address", "mlflow.akko.local")
                .containsEntry("user_agent.original", "curl/8")
                .doesNotContainKey("error.type");
        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/oauth2/auth, /oauth2/auth",
                "/robots.txt, /robots.txt",
                "/oauth2/ext_authz/*, -",
                "/oauth2/*, -",
                "/*, -"
            })
    @DisplayName("a path is told where it is ours; what else stands in one may be a user's")
    void path(String route, String path) {
        request(asked("GET", route, Map.of()), 200, () -> {});
        assertThat(texts(only()).get("url.path")).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"200, false", "302, false", "401, false", "403, false", "499, false", "500, true", "503, true"})
    @DisplayName("it is an error when it was answered with 500 or above")
    void error(int status, boolean isError) {
        request(asked(), status, () -> {});
        assertThat(only().getStatus()).isEqualTo(isError ? StatusData.error() : StatusData.unset());
        assertThat(Optional.ofNullable(texts(only()).get("error.type")))
                .isEqualTo(isError ? Optional.of(Integer.toString(status)) : Optional.empty());
    }

    @Test
    @DisplayName("what strangers send is cut")
    void cut() {
        var long301 = "x".repeat(301);
        request(new Asked("GET", "/*", "https", long301, long301, name -> Optional.empty()), 200, () -> {});
        assertThat(texts(only()).values()).allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(300));
    }

    @Test
    @DisplayName("the decision stands in the span, and what happened besides")
    void decided() {
        request(asked(), 403, () -> {
            tracing.decided("refused", "mlflow", "groups");
            tracing.happened("sign-in-failed", "attempt-unknown", "AB12");
            tracing.happened("signed-in", "", "");
        });
        assertThat(texts(only()))
                .containsEntry("postern.outcome", "refused")
                .containsEntry("postern.rule", "mlflow")
                .containsEntry("postern.reason", "attempt-unknown")
                .containsEntry("postern.reference", "AB12");
        assertThat(only().getEvents())
                .extracting(event -> event.getName())
                .containsExactly("sign-in-failed", "signed-in");
    }

    @Test
    @DisplayName("a decision without rule and reason says nothing of them")
    void allowed() {
        request(asked(), 200, () -> tracing.decided("allowed", "", ""));
        assertThat(texts(only()))
                .containsEntry("postern.outcome", "allowed")
                .doesNotContainKeys("postern.rule", "postern.reason", "postern.reference");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "00-" + TRACE + "-" + SPAN + "-01 | " + TRACE,
                "00-" + TRACE + "-0000000000000000-01 | -",
                "nonsense | -"
            })
    @DisplayName("it belongs to the trace that the headers name")
    void parent(String header, String trace) {
        var headers = Map.of("traceparent", header, "tracestate", "akko=1", "baggage", "user=alice");
        var ids = new ArrayList<String>();
        request(asked("GET", "/oauth2/auth", headers), 200, () -> ids.add(tracing.traceId()));
        SpanData span = only();
        assertThat(ids).containsExactly(span.getTraceId());
        if (trace == null) {
            assertThat(span.getParentSpanContext().isValid()).isFalse();
        } else {
            assertThat(span.getTraceId()).isEqualTo(trace);
            assertThat(span.getParentSpanId()).isEqualTo(SPAN);
            assertThat(span.getSpanContext().getTraceState().get("akko")).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("a caller that does not record has us not record, and the trace goes on")
    void unsampled() {
        var headers = Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-00");
        var sent = new ArrayList<String>();
        request(asked("GET", "/oauth2/auth", headers), 200, () -> {
            var call = tracing.calls().provider("token", TOKEN);
            sent.add(call.headers().get("traceparent"));
            call.ended(200);
            tracing.calls().redis("get", true, 1);
            sent.add(tracing.traceId());
        });
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
        assertThat(sent.get(0)).startsWith("00-" + TRACE).endsWith("-00");
        assertThat(sent.get(1)).isEqualTo(TRACE);
    }

    @Test
    @DisplayName("calls come below their request, and carry the trace on, without baggage")
    void calls() {
        var headers = Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01", "baggage", "user=alice");
        var sent = new ArrayList<Map<String, String>>();
        request(asked("GET", "/oauth2/callback", headers), 302, () -> {
            var call = tracing.calls().provider("token", TOKEN);
            sent.add(call.headers());
            call.ended(200);
            tracing.calls().redis("get", true, TimeUnit.MILLISECONDS.toNanos(5));
        });
        SpanData request = named("GET /oauth2/callback");
        SpanData token = named("POST token");
        SpanData get = named("GET");
        assertThat(List.of(token, get)).allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        });
        assertThat(sent).containsExactly(Map.of("traceparent", "00-" + TRACE + "-" + token.getSpanId() + "-01"));
        assertThat(texts(token))
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("postern.provider.endpoint", "token")
                .containsEntry("server.address", "keycloak.inner")
                .containsEntry("server.port", "8443")
                .containsEntry("url.full", "https://keycloak.inner:8443/token");
        assertThat(texts(get)).containsEntry("db.system.name", "redis").containsEntry("db.operation.name", "GET");
        assertThat(get.getEndEpochNanos() - get.getStartEpochNanos()).isBetween(5_000_000L, 6_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"200, false, -", "302, false, -", "400, true, 400", "503, true, 503", "0, true, _OTHER"})
    @DisplayName("a call is an error when the answer is one, or when there is none")
    void callErrors(int status, boolean isError, String type) {
        tracing.calls().provider("token", TOKEN).ended(status);
        assertThat(only().getStatus()).isEqualTo(isError ? StatusData.error() : StatusData.unset());
        assertThat(texts(only()).getOrDefault("error.type", "-")).isEqualTo(type);
        assertThat(texts(only()).containsKey("http.response.status_code")).isEqualTo(status > 0);
    }

    @Test
    @DisplayName("a failed call to Redis is an error; one that no request made has no span")
    void redis() {
        tracing.calls().redis("zrangebyscore", true, 1);
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
        request(asked(), 503, () -> tracing.calls().redis("none", false, 1));
        assertThat(named("NONE").getStatus()).isEqualTo(StatusData.error());
    }

    @Test
    @DisplayName("work for a request that another thread does comes below it too; other work does not")
    void carried() {
        request(asked(), 200, () -> {
            Runnable work = () -> tracing.calls().provider("token", TOKEN).ended(200);
            CompletableFuture.runAsync(tracing.calls().carried(work)).join();
        });
        assertThat(named("POST token").getParentSpanId())
                .isEqualTo(named("GET /oauth2/auth").getSpanId());
        exporter.reset();
        tracing.calls().provider("discovery", TOKEN).ended(200);
        assertThat(only().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    @DisplayName("after a request nothing of it stays with the thread")
    void over() {
        request(asked(), 200, () -> {});
        assertThat(Context.current()).isSameAs(Context.root());
        assertThat(tracing.traceId()).isEmpty();
    }

    @Test
    @DisplayName("nothing that a call or a request carries in secret is told")
    void discreet() {
        var headers = Map.of("Cookie", "hush", "Authorization", "hush", "traceparent", "hush");
        request(
                asked("GET", "/oauth2/auth", headers),
                200,
                () -> tracing.calls().provider("token", TOKEN).ended(200));
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("hush");
    }

    @Test
    @DisplayName("every name that spans use is in the table of docs/tracing.md")
    void documented() throws Exception {
        request(asked(), 503, () -> {
            tracing.decided("refused", "mlflow", "groups");
            tracing.happened("sign-in-failed", "attempt-unknown", "AB12");
            tracing.calls().provider("token", TOKEN).ended(503);
            tracing.calls().redis("get", false, 1);
        });
        Set<String> used = new HashSet<>();
        exporter.getFinishedSpanItems().forEach(span -> used.addAll(texts(span).keySet()));
        assertThat(used).isEqualTo(TracingPage.attributes());
    }

    private void request(Asked asked, int status, Runnable work) {
        RequestSpan span = tracing.begin(asked);
        work.run();
        span.answered(status);
        span.end();
    }

    private static Asked asked() {
        return asked("GET", "/oauth2/auth", Map.of());
    }

    private static Asked asked(String method, String route, Map<String, String> headers) {
        return new Asked(
                method, route, "https", "mlflow.akko.local", "curl/8", name -> Optional.ofNullable(headers.get(name)));
    }

    private SpanData only() {
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
        return exporter.getFinishedSpanItems().get(0);
    }

    private SpanData named(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> texts(SpanData span) {
        var texts = new java.util.TreeMap<String, String>();
        span.getAttributes().forEach((AttributeKey<?> key, Object value) -> texts.put(key.getKey(), value.toString()));
        return texts;
    }
}
