package io.github.postern.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=-4 | OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
                "OTEL_EXPORTER_OTLP_HEADERS=api-key=hush-hush%E2%80%93 | OTEL_EXPORTER_OTLP_HEADERS: a value in it, with its %-codes decoded, is not all printable ASCII",
                "OTEL_EXPORTER_OTLP_HEADERS=api-key=hush-hush%0Aa | OTEL_EXPORTER_OTLP_HEADERS: a value in it",
                "OTEL_EXPORTER_OTLP_HEADERS=api-key=%zzhush-hush | OTEL_EXPORTER_OTLP_HEADERS: a value in it",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS=a=1,b=hush-hush–2 | OTEL_EXPORTER_OTLP_TRACES_HEADERS: a value in it",
                "OTEL_EXPORTER_OTLP_HEADERS=hush-hush;a=1 | OTEL_EXPORTER_OTLP_HEADERS: a name in it is no header's",
                "OTEL_EXPORTER_OTLP_HEADERS=Host=hush-hush | OTEL_EXPORTER_OTLP_HEADERS: a name in it is no header's",
                "OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example/?api-key=hush-hush | OTEL_EXPORTER_OTLP_ENDPOINT: may have nothing behind a ? or #; put the collector's key into OTEL_EXPORTER_OTLP_HEADERS",
                "OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example/#hush-hush | OTEL_EXPORTER_OTLP_ENDPOINT: may have nothing behind a ? or #",
                "OTEL_EXPORTER_OTLP_ENDPOINT=https//user:hush-hush@collector:4318 | OTEL_EXPORTER_OTLP_ENDPOINT: may name no user; put the collector's key into OTEL_EXPORTER_OTLP_HEADERS",
                "OTEL_EXPORTER_OTLP_ENDPOINT=https://user:hush-hush/pw@collector:4318 | OTEL_EXPORTER_OTLP_ENDPOINT: may name no user",
                "OTEL_EXPORTER_OTLP_ENDPOINT=https://user:1234/hush-hush@collector:4318 | OTEL_EXPORTER_OTLP_ENDPOINT: may name no user",
                "OTEL_EXPORTER_OTLP_ENDPOINT=https://hush-hush@collector:4318 | OTEL_EXPORTER_OTLP_ENDPOINT: may name no user",
                "OTEL_EXPORTER_OTLP_ENDPOINT=https://collector:hush-hush | OTEL_EXPORTER_OTLP_ENDPOINT: is no address such as http://collector:4318",
                "OTEL_EXPORTER_OTLP_ENDPOINT=https//collector/hush-hush | OTEL_EXPORTER_OTLP_ENDPOINT: is no address",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://otel_collector:4318/hush-hush | OTEL_EXPORTER_OTLP_ENDPOINT: is no address",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:99999 | OTEL_EXPORTER_OTLP_ENDPOINT: is no address",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=hush-hush://collector | OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: is no address",
                "OTEL_EXPORTER_OTLP_CERTIFICATE=/no OTEL_EXPORTER_OTLP_CLIENT_KEY=hush-hush | OTEL_ variables: OpenTelemetry does not take several of them; correct them, or set",
                "OTEL_TRACES_SAMPLER=hush-hush OTEL_PROPAGATORS=hush-hush | OTEL_ variables: OpenTelemetry does not take several of them",
                "OTEL_BSP_MAX_QUEUE_SIZE=20000000 | OTEL_BSP_MAX_QUEUE_SIZE: '20000000' is not between 1 and 100000; correct it",
                "OTEL_BSP_MAX_QUEUE_SIZE=99999999999999999999 | OTEL_BSP_MAX_QUEUE_SIZE: '99999999999999999999' is not between",
                "OTEL_BSP_MAX_QUEUE_SIZE=0 | OTEL_BSP_MAX_QUEUE_SIZE: '0' is not between",
                "OTEL_BSP_MAX_QUEUE_SIZE=5s | OTEL_BSP_MAX_QUEUE_SIZE=5s",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=10001 | OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '10001' is not between 1 and 10000",
                "OTEL_BSP_SCHEDULE_DELAY=0 | OTEL_BSP_SCHEDULE_DELAY: '0' is not between 10 and 3600000 ms",
                "OTEL_BSP_SCHEDULE_DELAY=2h | OTEL_BSP_SCHEDULE_DELAY: '2h' is not between 10 and 3600000 ms",
                "OTEL_BSP_EXPORT_TIMEOUT=-1 | OTEL_BSP_EXPORT_TIMEOUT: '-1' is not between 0 and 3600000 ms",
                "OTEL_EXPORTER_OTLP_TIMEOUT=9999999999 | OTEL_EXPORTER_OTLP_TIMEOUT: '9999999999' is not between",
                "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=2d | OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '2d' is not between"
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
    @ValueSource(
            strings = {
                "OTEL_BSP_MAX_QUEUE_SIZE=100000",
                "OTEL_BSP_MAX_QUEUE_SIZE=1",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=10000 OTEL_BSP_MAX_QUEUE_SIZE=10000",
                "OTEL_BSP_SCHEDULE_DELAY=10",
                "OTEL_BSP_SCHEDULE_DELAY=1h",
                "OTEL_BSP_EXPORT_TIMEOUT=0",
                "OTEL_EXPORTER_OTLP_TIMEOUT=10s",
                "OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20a+b%2B~,x=1=2,",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://[::1]:4318/otlp/",
                "OTEL_EXPORTER_OTLP_ENDPOINT=u:p@nowhere OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://collector/v1/traces"
            })
    @DisplayName("what is right is taken, up to the bounds")
    void right(String environment) {
        var variables = Variables.of(variables("OTEL_TRACES_EXPORTER=otlp " + environment))
                .orElseThrow();
        assertThat(Tracing.mistakes(variables)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT=https://u:p@collector:4318?key=1, the collector",
        "OTEL_EXPORTER_OTLP_ENDPOINT=https://u:p/q@collector:4318, the collector",
        "OTEL_EXPORTER_OTLP_ENDPOINT=https://u:1/q@collector:4318, the collector",
        "OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example/v1/key, https://collector.example",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://a:1/v1/traces OTEL_EXPORTER_OTLP_ENDPOINT=http://b:2, http://a:1",
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
