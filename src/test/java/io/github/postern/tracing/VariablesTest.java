package io.github.postern.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the {@code OTEL_} variables ask for traces, and what is said of wrong ones. */
final class VariablesTest {
    private static final String KEY = "hush-hush";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 | true",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4318/v1/traces | true",
                "OTEL_TRACES_EXPORTER=otlp | true",
                "OTEL_TRACES_EXPORTER=console | true",
                "OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 | false",
                "OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 | false",
                "OTEL_SDK_DISABLED=TRUE OTEL_TRACES_EXPORTER=otlp | false",
                "OTEL_SDK_DISABLED=false OTEL_TRACES_EXPORTER=otlp | true",
                "OTEL_EXPORTER_OTLP_ENDPOINT= | false",
                "OTEL_SERVICE_NAME=postern OTEL_TRACES_SAMPLER=always_on | false",
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://collector:4318 | false",
                "OAUTH2_PROXY_PROVIDER=oidc | false"
            })
    @DisplayName("traces are asked for by an endpoint or an exporter, unless something says no")
    void asked(String environment, boolean wanted) {
        assertThat(Variables.of(variables(environment)).isPresent()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_SDK_DISABLED=yes | OTEL_SDK_DISABLED: 'yes' is neither true nor false",
                "OTEL_TRACES_EXPORTER=console | OTEL_TRACES_EXPORTER: 'console' is not supported; set otlp, or none",
                "OTEL_TRACES_EXPORTER=otlp,zipkin | OTEL_TRACES_EXPORTER: 'otlp,zipkin' is not supported; set otlp",
                "OTEL_EXPORTER_OTLP_PROTOCOL=grpc | OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' is not supported; set http/protobuf",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=grpc OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf | OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc'",
                "OTEL_EXPORTER_OTLP_HEADERS=hush-hush | OTEL_EXPORTER_OTLP_HEADERS: is no list of name=value",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS=a=hush-hush,=b | OTEL_EXPORTER_OTLP_TRACES_HEADERS: is no list of name=value",
                "OTEL_CONFIG_FILE=/etc/otel.yaml | OTEL_CONFIG_FILE: is not supported; set the other OTEL_ variables",
                "OTEL_TRACES_SAMPLER=sometimes | OTEL_TRACES_SAMPLER: OpenTelemetry does not take it (Unrecognized value for OTEL_TRACES_SAMPLER: sometimes); correct it",
                "OTEL_TRACES_SAMPLER=traceidratio OTEL_TRACES_SAMPLER_ARG=few | OTEL_TRACES_SAMPLER_ARG=few",
                "OTEL_TRACES_SAMPLER=traceidratio OTEL_TRACES_SAMPLER_ARG=7 | OTEL_TRACES_SAMPLER_ARG",
                "OTEL_PROPAGATORS=b3 | OTEL_PROPAGATORS: b3",
                "OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318 | OTEL_EXPORTER_OTLP_ENDPOINT",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=ftp://collector | OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                "OTEL_EXPORTER_OTLP_TIMEOUT=soon | OTEL_EXPORTER_OTLP_TIMEOUT=soon",
                "OTEL_EXPORTER_OTLP_COMPRESSION=zip | OTEL_EXPORTER_OTLP_COMPRESSION",
                "OTEL_EXPORTER_OTLP_CERTIFICATE=/nowhere | OTEL_EXPORTER_OTLP_CERTIFICATE",
                "OTEL_BSP_MAX_QUEUE_SIZE=many | OTEL_BSP_MAX_QUEUE_SIZE=many",
                "OTEL_BSP_SCHEDULE_DELAY=often | OTEL_BSP_SCHEDULE_DELAY=often",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=-1 | OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=-4 | OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT"
            })
    @DisplayName("a wrong one is told in one sentence that names it, and shows no key")
    void wrong(String environment, String sentence) {
        var variables = Variables.of(variables("OTEL_TRACES_EXPORTER=otlp " + environment))
                .orElseThrow();
        assertThat(Tracing.mistakes(variables))
                .singleElement()
                .asString()
                .contains(sentence)
                .doesNotContain(KEY, "\n", "Exception");
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://u:p@collector:4318?key=1, http://collector:4318",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://a:1/v1/traces OTEL_EXPORTER_OTLP_ENDPOINT=http://b:2, http://a:1/v1/traces",
        "OTEL_TRACES_EXPORTER=otlp, http://localhost:4318"
    })
    @DisplayName("where traces go is told without what a log should not hold")
    void told(String environment, String endpoint) {
        assertThat(Variables.of(variables(environment)))
                .hasValueSatisfying(
                        variables -> assertThat(variables.notice()).isEqualTo("Traces are sent to " + endpoint + "."));
    }

    @Test
    @DisplayName("their values are not printed")
    void silent() {
        var headers = "OTEL_EXPORTER_OTLP_HEADERS=a=" + KEY;
        assertThat(Variables.of(variables("OTEL_TRACES_EXPORTER=otlp " + headers))
                        .toString())
                .contains("OTEL_EXPORTER_OTLP_HEADERS")
                .doesNotContain(KEY);
    }

    private static Map<String, String> variables(String text) {
        return Arrays.stream(text.split(" "))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1], (first, second) -> second));
    }
}
