package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.postern.testbed.Certificate;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code bin/postern} hands to Tomcat; a script stands in for Tomcat and prints it. The settings are read by the application's own
 * classes, as they were compiled for this test.
 */
final class EntryPointScriptIT {
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
        var file = Files.writeString(
                home.resolve("o.cfg"), "# http_address = \"x:1\"\n http_address = \"127.0.0.2:3\" # words\n");
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

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "--http-address=unix:///run/x",
                "--http-address=https://a:1",
                "--http-address=80",
                "--http-address=:http",
                "--http-address=$(id):80"
            })
    @DisplayName("CFG-01 CFG-08 a wrong setting ends the start before Tomcat, in one line")
    void refusesAnAddressItCannotListenOn(String flag) throws Exception {
        var end = run(Map.of(), flag);
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.output())
                .isEqualTo("Wrong setting: http-address: '" + flag.replaceFirst(".*?=", "")
                        + "' is no address and port; write :4180 or 127.0.0.1:4180\n");
    }

    @Test
    void takesTheServersOwnDefaultFromTheImage() throws Exception {
        var image = Map.of("POSTERN_ADDRESS", "0.0.0.0", "POSTERN_PORT", "4181");
        assertThat(run(image).output()).isEqualTo("0.0.0.0:4181\n");
        assertThat(run(image, "--http-address=127.0.0.5:80").output()).startsWith("127.0.0.5:80\n");
        assertThat(run(Map.of("POSTERN_PORT", "4180;id")).output())
                .isEqualTo("postern: POSTERN_PORT: not a port: 4180;id\n");
    }

    @Test
    void handsTheCertificateOnWithoutEvaluatingItsName() throws Exception {
        var pair = Certificate.create("localhost", home.resolve("a $(id) 'b\" c"));
        var end = run(
                Map.of("POSTERN_TLS_KEY", "not-this"),
                "--tls-cert-file=" + pair.chain(),
                "--tls-key-file=" + pair.key(),
                "--tls-min-version=TLS1.3");
        assertThat(end.output())
                .startsWith("0.0.0.0:443\n")
                .endsWith("\ntrue " + pair.chain() + " " + pair.key() + " TLSv1.3 ");
    }

    @Test
    void doesNotTakeACertificateFromElsewhere() throws Exception {
        assertThat(run(Map.of("POSTERN_TLS", "true")).output()).isEqualTo("127.0.0.1:4180\n");
    }

    @Test
    @DisplayName("CFG-22 a test of the configuration starts nothing, and its exit code says how it went")
    void testsTheConfiguration() throws Exception {
        var good = run(Map.of(), "--config-test");
        assertThat(good.code()).isZero();
        assertThat(good.output())
                .endsWith("configuration is valid\n")
                .doesNotContain("127.0.0.1:4180\n")
                .doesNotContain("correct-horse");
        var bad = run(Map.of("OAUTH2_PROXY_COOKIE_SAMESITE", "foo"), "--config-test");
        assertThat(bad).isEqualTo(run(Map.of("OAUTH2_PROXY_COOKIE_SAMESITE", "foo")));
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.output())
                .startsWith("Wrong setting: cookie-samesite: 'foo'")
                .hasLineCount(1);
    }

    @Test
    @DisplayName("CFG-22 a test of the configuration asks nobody")
    void testsWithoutTheNetwork() throws Exception {
        try (var provider = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            provider.setSoTimeout(100);
            var issuer = "--oidc-issuer-url=http://127.0.0.1:" + provider.getLocalPort() + "/realms/akko";
            assertThat(run(Map.of(), "--config-test", issuer).code()).isZero();
            assertThat(run(Map.of(), "--config-test", issuer, "--cookie-samesite=foo")
                            .code())
                    .isEqualTo(1);
            assertThatThrownBy(provider::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void tellsItsVersion() throws Exception {
        var end = run(Map.of("OAUTH2_PROXY_CLIENT_ID", ""), "--version");
        assertThat(end.code()).isZero();
        assertThat(end.output()).matches("Postern \\S+ \\((commit \\S+, )?Java \\S+\\)\n");
    }

    @Test
    void listsTheFlags() throws Exception {
        var end = run(Map.of("OAUTH2_PROXY_CLIENT_ID", ""), "--help");
        assertThat(end.code()).isZero();
        assertThat(end.output()).startsWith("Usage: ").contains("\n  --cookie-secret=");
    }

    @Test
    void toldToEndWhileItReadsTheSettingsItDoesNotStartTheServer() throws Exception {
        var reading = home.resolve("reading");
        var read = home.resolve("read");
        var java = Files.createDirectories(home.resolve("jre/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n: >" + reading + "\nsleep 1\n: >" + read + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var process =
                EntryPoint.start(home, Map.of("JAVA_HOME", home.resolve("jre").toString()));
        for (int i = 0; i < 600 && !Files.exists(reading); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        // it heard the word itself: a shell that is a container's first process hears only what it listens for
        assertThat(read).exists();
        assertThat(process.exitValue()).as("the server would have ended with 0").isEqualTo(143);
    }

    @Test
    void saysThatTheApplicationIsMissing() throws Exception {
        assertThat(run(Map.of("CATALINA_BASE", home.resolve("none").toString())).output())
                .isEqualTo(
                        "postern: no Postern in " + home.resolve("none") + "/webapps/ROOT: unpack postern.war there\n");
    }

    @Test
    void refusesALineBreakThatWouldForgeAnotherFlagAndDoesNotPrintTheValue() throws Exception {
        var end = run(Map.of(), "--client-secret=s3cr3t\n--email-domain=*");
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.output()).contains("argument 1 holds a line break").doesNotContain("s3cr3t");
    }

    private EntryPoint.End run(Map<String, String> environment, String... flags) throws Exception {
        return EntryPoint.run(home, environment, flags);
    }

    private static String[] words(String flags) {
        return flags.isEmpty() ? new String[0] : flags.split(" ", -1);
    }
}
