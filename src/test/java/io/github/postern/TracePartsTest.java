package io.github.postern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/postern} says of the {@code OTEL_} variables before anything starts. */
final class TracePartsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"", "--config-test"})
    @DisplayName("a wrong one is told in one line, with and without the question")
    void wrong(String flag) {
        int code = run(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_TRACES_SAMPLER", "sometimes"), flag);
        assertThat(code).isEqualTo(Launcher.REFUSED);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("Wrong setting: OTEL_TRACES_SAMPLER: ");
    }

    @Test
    @DisplayName("it is told beside the other mistakes")
    void together() {
        run(Map.of("OTEL_TRACES_EXPORTER", "console", "OAUTH2_PROXY_COOKIE_SAMESITE", "foo"), "");
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("Wrong setting: cookie-samesite: "))
                .anyMatch(line -> line.startsWith("Wrong setting: OTEL_TRACES_EXPORTER: "));
    }

    @Test
    @DisplayName("right ones start, and the question is answered with where traces go")
    void right() {
        var variables = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
        assertThat(run(variables, "")).isEqualTo(Launcher.SERVE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(run(variables, "--config-test")).isEqualTo(Launcher.ANSWERED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("# Traces are sent to http://collector:4318.\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    @DisplayName("wrong ones that ask for no traces are nobody's business")
    void off() {
        assertThat(run(Map.of("OTEL_TRACES_SAMPLER", "sometimes"), "")).isEqualTo(Launcher.SERVE);
    }

    private int run(Map<String, String> changes, String flag) {
        var environment = new HashMap<>(LauncherTest.SMALLEST);
        environment.putAll(changes);
        environment.put("POSTERN_ARGS", flag);
        return new Launcher(environment, stream(out), stream(err)).run();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
