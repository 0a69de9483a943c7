package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.testbed.CatalinaBase;
import io.github.postern.testbed.Certificate;
import io.github.postern.testbed.Tomcat;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/postern} with a real Tomcat: it listens where the options say, and speaks TLS as they say. */
final class EntryPointIT {
    private static final int START_SECONDS = 90;

    @TempDir
    private Path folder;

    @Test
    void listensWhereTheFileSaysWrittenAsNobodyWouldReadItByLine() throws Exception {
        int port = Tomcat.freePort();
        var file = Files.writeString(
                folder.resolve("o.cfg"),
                "http_address = '''\n127.0.0.1:" + port
                        + "'''\nemail_domains = [\n  \"*\", # http_address = \"x:1\"\n]\n");
        try (var server = new Server("--config=" + file)) {
            server.awaitPort(port);
            try (var socket = new Socket("127.0.0.1", port)) {
                assertThat(status(socket, "/ping")).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TLS1.3"})
    void speaksNothingButTlsAndNothingOld(String oldest) throws Exception {
        var pair = Certificate.create("localhost", folder);
        int port = Tomcat.freePort();
        try (var server = new Server(
                "--https-address=127.0.0.1:" + port,
                "--http-address=127.0.0.1:1",
                "--tls-cert-file=" + pair.chain(),
                "--tls-key-file=" + pair.key(),
                "--tls-min-version=" + oldest)) {
            server.awaitPort(port);
            assertThat(statusBy("TLSv1.3", pair, port, "/ping")).isEqualTo(200);
            assertThat(statusBy("TLSv1.3", pair, port, "/oauth2/auth")).isEqualTo(401);
            assertThat(statusBy("TLSv1.3", pair, port, "/" + "x".repeat(60_000)))
                    .isEqualTo(400);
            assertThat(statusBy("TLSv1.2", pair, port, "/ping")).isEqualTo(oldest.isEmpty() ? 200 : 0);
            assertThat(statusBy("TLSv1.1", pair, port, "/ping")).isZero();
            try (var plain = new Socket("127.0.0.1", port)) {
                assertThat(status(plain, "/ping")).isEqualTo(400);
            }
        }
    }

    @Test
    void speaksTheChosenSuites() throws Exception {
        var pair = Certificate.create("localhost", folder);
        int port = Tomcat.freePort();
        try (var server = new Server(
                "--https-address=127.0.0.1:" + port,
                "--tls-cert-file=" + pair.chain(),
                "--tls-key-file=" + pair.key(),
                "--tls-cipher-suite=TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA")) {
            server.awaitPort(port);
            try (var socket = connect("TLSv1.2", pair, port)) {
                socket.startHandshake();
                assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
            }
        }
    }

    @ParameterizedTest(name = "{0} ms after the start")
    @ValueSource(ints = {300, 1500, 3000})
    void toldToEndWhileItStartsItEnds(int delay) throws Exception {
        try (var server = new Server("--http-address=127.0.0.1:" + Tomcat.freePort())) {
            TimeUnit.MILLISECONDS.sleep(delay);
            server.process.destroy();
            assertThat(server.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.process.exitValue()).isEqualTo(143);
        }
    }

    private static int statusBy(String protocol, Certificate pair, int port, String path) {
        try (var socket = connect(protocol, pair, port)) {
            return status(socket, path);
        } catch (IOException e) {
            return 0; // no conversation
        }
    }

    private static SSLSocket connect(String protocol, Certificate pair, int port) throws IOException {
        var socket = (SSLSocket) pair.context().getSocketFactory().createSocket("127.0.0.1", port);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private static int status(Socket socket, String path) throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return Integer.parseInt(answer.substring(9, 12));
    }

    /** The script's process, which becomes the server's. */
    private static final class Server implements AutoCloseable {
        private final Path base = CatalinaBase.create();
        private final Process process;

        Server(String... flags) throws IOException {
            var builder = EntryPoint.inTomcat("postern", base, flags)
                    .redirectOutput(base.resolve("logs/output.txt").toFile());
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        }

        void awaitPort(int port) throws IOException, InterruptedException {
            for (int i = 0; i < START_SECONDS * 10 && process.isAlive(); i++) {
                try (var socket = new Socket("127.0.0.1", port)) {
                    if (Files.readString(base.resolve("logs/output.txt")).contains("Server startup in")) {
                        return;
                    }
                } catch (IOException e) {
                    // not yet
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            throw new AssertionError(Files.readString(base.resolve("logs/output.txt")));
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
