package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bin/postern} hands to Tomcat; a script stands in for Tomcat and prints it. */
final class EntryPointTest {
    private static final String TOMCAT = """
            #!/bin/sh
            printf '%s:%s\\n%s' "$POSTERN_ADDRESS" "$POSTERN_PORT" "${POSTERN_ARGS-}"
            """;

    @TempDir
    private Path home;

    @ParameterizedTest(name = "{0} listens at {1}")
    @CsvSource({
        "'', 127.0.0.1:4180",
        "--http-address=:80, 0.0.0.0:80",
        "--http-address 10.0.0.1:5, 10.0.0.1:5",
        "--http-address=http://0.0.0.0:5/, 0.0.0.0:5",
        "--http-address=[::1]:5, ::1:5",
        "--http-address=:80 --http-address=:81, 0.0.0.0:81"
    })
    void takesTheAddressFromTheFlags(String flags, String address) throws Exception {
        assertThat(run(Map.of(), words(flags)).output()).startsWith(address + "\n");
    }

    @Test
    void asksTheFlagThenTheEnvironmentThenTheFile() throws Exception {
        var file =
                Files.writeString(home.resolve("o.cfg"), "# http_address = \"x:1\"\n http_address = \"127.0.0.2:3\"\n");
        var environment = Map.of("OAUTH2_PROXY_HTTP_ADDRESS", "127.0.0.3:4");
        var config = "--config=" + file;
        assertThat(run(Map.of(), config).output()).startsWith("127.0.0.2:3\n");
        assertThat(run(Map.of("OAUTH2_PROXY_CONFIG", file.toString())).output()).startsWith("127.0.0.2:3\n");
        assertThat(run(Map.of(), "--config", file.toString()).output()).startsWith("127.0.0.2:3\n");
        assertThat(run(environment, config).output()).startsWith("127.0.0.3:4\n");
        assertThat(run(environment, config, "--http-address=:5").output()).startsWith("0.0.0.0:5\n");
    }

    @Test
    void handsTheFlagsOnInTheEnvironmentOneALine() throws Exception {
        assertThat(run(Map.of(), "--client-id=a b", "--cookie-secure", "--scope=$(id) 'x' *")
                        .output())
                .isEqualTo("127.0.0.1:4180\n--client-id=a b\n--cookie-secure\n--scope=$(id) 'x' *\n");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "--http-address=unix:///run/x, only http://HOST:PORT",
        "--http-address=https://a:1, only http://HOST:PORT",
        "--http-address=80, the port is missing",
        "--http-address=:http, not a port"
    })
    void refusesAnAddressItCannotListenOn(String flag, String message) throws Exception {
        var end = run(Map.of(), flag);
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.output()).contains("postern: http-address: " + message);
    }

    @Test
    void refusesALineBreakThatWouldForgeAnotherFlagAndDoesNotPrintTheValue() throws Exception {
        var end = run(Map.of(), "--client-secret=s3cr3t\n--email-domain=*");
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.output()).contains("argument 1 holds a line break").doesNotContain("s3cr3t");
    }

    /** How the script ended. */
    private record End(int code, String output) {}

    private End run(Map<String, String> environment, String... flags) throws Exception {
        standIn();
        var command = new ArrayList<>(List.of("bin/postern"));
        command.addAll(List.of(flags));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("OAUTH2_PROXY_") || name.startsWith("POSTERN_"));
        builder.environment().put("CATALINA_HOME", home.toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new End(process.exitValue(), output);
    }

    private void standIn() throws IOException {
        var script = Files.createDirectories(home.resolve("bin")).resolve("catalina.sh");
        Files.writeString(script, TOMCAT);
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private static String[] words(String flags) {
        return flags.isEmpty() ? new String[0] : flags.split(" ", -1);
    }
}
