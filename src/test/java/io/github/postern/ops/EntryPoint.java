package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code bin/postern} with a script in Tomcat's place, which prints what it is handed. The settings are read by the application's
 * own classes, as they were compiled for this test.
 */
final class EntryPoint {
    private static final String TOMCAT = """
            #!/bin/sh
            printf '%s:%s\\n%s' "$POSTERN_ADDRESS" "$POSTERN_PORT" "${POSTERN_ARGS-}"
            [ -z "${POSTERN_TLS-}" ] || printf '\\n%s %s %s %s %s' "$POSTERN_TLS" "$POSTERN_TLS_CERTIFICATE" "$POSTERN_TLS_KEY" \\
              "$POSTERN_TLS_PROTOCOLS" "${POSTERN_TLS_CIPHERS-}"
            """;

    /** The smallest settings that can be used. */
    static final Map<String, String> SMALLEST = Map.of(
            "OAUTH2_PROXY_PROVIDER", "keycloak-oidc",
            "OAUTH2_PROXY_CLIENT_ID", "akko-oauth2-proxy",
            "OAUTH2_PROXY_CLIENT_SECRET", "correct-horse",
            "OAUTH2_PROXY_OIDC_ISSUER_URL", "https://identity.akko.local/realms/akko",
            "OAUTH2_PROXY_COOKIE_SECRET", "wbn-10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d_k=",
            "OAUTH2_PROXY_EMAIL_DOMAINS", "*");

    /** How the script ended. */
    record End(int code, String output) {}

    private EntryPoint() {}

    /**
     * Runs the script to its end, which is within ten seconds.
     *
     * @param home a folder for the stand-in
     * @param changes to the smallest settings; an empty value takes the variable away
     */
    static End run(Path home, Map<String, String> changes, String... flags) throws IOException, InterruptedException {
        var process = start(home, changes, flags);
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new End(process.exitValue(), output);
    }

    /** Starts the script and does not wait; as {@link #run}. */
    static Process start(Path home, Map<String, String> changes, String... flags) throws IOException {
        standIn(home);
        var builder = command("postern", home, application(), flags);
        builder.environment().putAll(changes);
        return builder.start();
    }

    /** A script of {@code bin} in the real Tomcat, with the smallest settings and a provider that nobody reaches. */
    static ProcessBuilder inTomcat(String script, Path base, String... arguments) {
        var builder = command(script, Path.of(System.getProperty("tomcat.home")).toAbsolutePath(), base, arguments);
        builder.environment().put("OAUTH2_PROXY_OIDC_ISSUER_URL", "http://127.0.0.1:9/realms/akko");
        return builder;
    }

    private static ProcessBuilder command(String script, Path home, Path base, String... arguments) {
        var command =
                new ArrayList<>(List.of(Path.of("bin", script).toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("OAUTH2_PROXY_") || name.startsWith("POSTERN_"));
        environment.put("CATALINA_HOME", home.toString());
        environment.put("CATALINA_BASE", base.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(SMALLEST);
        return builder;
    }

    private static void standIn(Path home) throws IOException {
        var script = Files.createDirectories(home.resolve("bin")).resolve("catalina.sh");
        Files.writeString(script, TOMCAT);
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    /** A server's folder with nothing in it but the application: the classes and libraries of this test. */
    private static Path application() throws IOException {
        var base = Path.of("target", "entry-point-" + ProcessHandle.current().pid())
                .toAbsolutePath();
        var application = Files.createDirectories(base.resolve("webapps/ROOT/WEB-INF"));
        var libraries = Files.createDirectories(application.resolve("lib"));
        link(application.resolve("classes"), Path.of("target", "classes"));
        for (var library : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (library.endsWith(".jar")) {
                link(libraries.resolve(Path.of(library).getFileName()), Path.of(library));
            }
        }
        return base;
    }

    private static void link(Path link, Path target) throws IOException {
        if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, target.toAbsolutePath());
        }
    }
}
