package io.github.postern;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.github.postern.config.Settings;
import io.github.postern.config.SettingsReader;
import io.github.postern.fakes.FakeCollector;
import io.github.postern.telemetry.LogOutput;
import io.github.postern.tracing.Asked;
import io.github.postern.tracing.Tracing;
import io.github.postern.tracing.Variables;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The end of the application, also where a part of it cannot be ended. */
final class EndingTest {
    private static final Settings SETTINGS = SettingsReader.read(
            List.of(),
            Map.of(
                    "OAUTH2_PROXY_PROVIDER", "keycloak-oidc",
                    "OAUTH2_PROXY_CLIENT_ID", "akko-oauth2-proxy",
                    "OAUTH2_PROXY_CLIENT_SECRET", "correct-horse",
                    "OAUTH2_PROXY_OIDC_ISSUER_URL", "https://identity.akko.local/realms/akko",
                    "OAUTH2_PROXY_COOKIE_SECRET", "wbn-10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d_k=",
                    "OAUTH2_PROXY_EMAIL_DOMAINS", "*"));

    @Test
    @DisplayName("all are ended in their order, whichever fails")
    void all() {
        var ended = new ArrayList<String>();
        Ending.of(
                () -> ended.add("first"),
                () -> {
                    throw new IllegalStateException("cannot be ended");
                },
                () -> ended.add("second"),
                () -> {
                    throw new NoClassDefFoundError("gone with the file");
                },
                () -> ended.add("third"));
        assertThat(ended).containsExactly("first", "second", "third");
    }

    @Test
    @DisplayName("spans and lines that wait are sent and written, though no other part can be ended")
    void kept() throws InterruptedException {
        var out = new Written();
        var logback = new LoggerContext();
        var output = new LogOutput(logback, SETTINGS.logging(), out, out);
        output.take();
        try (var collector = FakeCollector.start()) {
            var tracing = Tracing.start(
                    new Variables(Map.of(
                            "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "600000")),
                    "1");
            tracing.begin(new Asked("GET", "/oauth2/auth", "https", "app", "", name -> Optional.empty()))
                    .end();
            var event = event(Map.of(Parts.class.getName(), broken(tracing), LogOutput.class.getName(), output));
            logback.getLogger("io.github.postern.Test").info("while it ran");
            new Postern().contextDestroyed(event);
            assertThat(collector.named("GET /oauth2/auth")).hasSize(1);
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("while it ran");
            out.writer.join(5000);
            assertThat(out.writer.isAlive()).as("the output is open").isFalse();
        }
    }

    /** Knows the thread that writes, which lives as long as the output is open. */
    private static final class Written extends ByteArrayOutputStream {
        private volatile Thread writer;

        @Override
        public void write(byte[] bytes, int from, int length) {
            writer = Thread.currentThread();
            super.write(bytes, from, length);
        }
    }

    /** Every end but that of the traces throws. */
    private static Parts broken(Tracing tracing) {
        return new Parts(
                SETTINGS,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                null,
                null,
                null,
                Optional.empty(),
                Optional.empty(),
                Optional.of(tracing));
    }

    private static ServletContextEvent event(Map<String, Object> attributes) {
        return new ServletContextEvent((ServletContext) Proxy.newProxyInstance(
                EndingTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getAttribute") ? attributes.get((String) arguments[0]) : null));
    }
}
