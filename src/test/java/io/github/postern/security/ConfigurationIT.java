package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.testbed.Tomcat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong configuration starts nothing, says everything at once, and leaves no door half open. */
final class ConfigurationIT {
    private static final String ISSUER = "http://127.0.0.1:9/realms/akko";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("COOKIE_SECRET", "0123456789abcdef0123456789abcde", "cookie-secret"),
                Arguments.of("COOKIE_SECRET", "", "cookie-secret"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("CFG-01 a secret of the wrong length ends the start, in one line without the secret")
    void cookieSecret(String name, String value, String named) throws InterruptedException {
        var environment = environment();
        if (value.isEmpty()) {
            environment.remove("OAUTH2_PROXY_" + name);
        } else {
            environment.put("OAUTH2_PROXY_" + name, value);
        }
        var output = refusesToStart(environment);
        assertThat(output.lines().filter(line -> line.contains(named))).hasSize(1);
        if (!value.isEmpty()) {
            assertThat(output).doesNotContain(value);
        }
    }

    @Test
    @DisplayName("CFG-08 every mistake is told in one start")
    void allAtOnce() throws InterruptedException {
        var environment = environment();
        for (var name : List.of("CLIENT_ID", "CLIENT_SECRET", "OIDC_ISSUER_URL")) {
            environment.remove("OAUTH2_PROXY_" + name);
        }
        environment.put("OAUTH2_PROXY_COOKIE_SAMESITE", "foo");
        var output = refusesToStart(environment);
        for (var option : List.of("client-id", "client-secret", "oidc-issuer-url", "cookie-samesite")) {
            assertThat(output.lines().filter(line -> line.contains(option)))
                    .as(option)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"^/(, ^/(", "=^/x, =^/x", "GET=, GET="})
    @DisplayName("CFG-10 a rule that is none ends the start, in one line with its place in the list")
    void skipRoute(String rule, String told) throws InterruptedException {
        var environment = environment();
        environment.put("OAUTH2_PROXY_SKIP_AUTH_ROUTES", "^/fine," + rule);
        assertThat(refusesToStart(environment).lines().filter(line -> line.contains("skip-auth-route: ")))
                .singleElement()
                .asString()
                .contains("rule 2 (" + told + ")");
    }

    private static Map<String, String> environment() {
        return new LinkedHashMap<>(Setup.common(ISSUER));
    }

    /** The process ends by itself within ten seconds, with an exit code that is not 0, and without a stack trace. */
    private static String refusesToStart(Map<String, String> environment) throws InterruptedException {
        try (var tomcat = Tomcat.with(environment).launch()) {
            assertThat(tomcat.exitCodeWithin(10)).hasValue(1);
            assertThat(tomcat.output()).doesNotContain("\tat ").doesNotContain(Setup.CLIENT_SECRET);
            return tomcat.output();
        }
    }
}
