package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real Redis on a free port of loopback, with a folder and a configuration of its own. */
public final class RedisServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "requirepass ";

    private final Kind kind;
    private final int port;
    private final Path folder;
    private final List<String> lines;
    private final List<String> client;
    private Optional<Program> program = Optional.empty();

    /** What the program is run as. */
    private enum Kind {
        SERVER("redis-server"),
        SENTINEL("redis-sentinel");

        private final String command;

        Kind(String command) {
            this.command = command;
        }
    }

    private RedisServer(Kind kind, int port, List<String> lines, List<String> client) {
        this.kind = kind;
        this.port = port;
        this.lines = lines;
        this.client = client;
        this.folder = folder(kind);
        write();
    }

    /** A running server with these lines in its configuration; it keeps what it holds over a restart. */
    public static RedisServer start(String... lines) {
        return at(Tomcat.freePort(), lines);
    }

    /** The same, on this port. */
    public static RedisServer at(int port, String... lines) {
        var all = new ArrayList<>(List.of("port " + port, "appendonly yes", "appendfsync always"));
        all.addAll(List.of(lines));
        return new RedisServer(Kind.SERVER, port, all, client(port, lines)).restart();
    }

    /** A running server that speaks TLS only. */
    public static RedisServer tls(Certificate certificate) {
        int port = Tomcat.freePort();
        var lines = List.of(
                "port 0",
                "tls-port " + port,
                "tls-cert-file " + certificate.chain(),
                "tls-key-file " + certificate.key(),
                "tls-auth-clients no");
        var client = List.of(
                "redis-cli",
                "-h",
                "localhost",
                "-p",
                "" + port,
                "--tls",
                "--cacert",
                certificate.chain().toString());
        return new RedisServer(Kind.SERVER, port, lines, client).restart();
    }

    /** A running Sentinel; the lines follow its port. */
    static RedisServer sentinel(String... lines) {
        int port = Tomcat.freePort();
        var all = new ArrayList<>(List.of("port " + port));
        all.addAll(List.of(lines));
        return new RedisServer(Kind.SENTINEL, port, all, client(port, lines)).restart();
    }

    private static List<String> client(int port, String... lines) {
        var client = new ArrayList<>(List.of("redis-cli", "-h", "127.0.0.1", "-p", "" + port));
        Arrays.stream(lines)
                .filter(line -> line.startsWith(PASSWORD))
                .forEach(line -> client.addAll(List.of("--no-auth-warning", "-a", line.substring(PASSWORD.length()))));
        return client;
    }

    private static Path folder(Kind kind) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "redis")), kind.command + "-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        var all = new ArrayList<>(List.of("bind 127.0.0.1", "save \"\"", "dir " + folder));
        if (kind == Kind.SENTINEL) {
            all.remove(1);
        }
        all.addAll(lines);
        try {
            Files.writeString(folder.resolve("redis.conf"), String.join("\n", all) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Its address without user and password. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it again on the same port, with what it held. */
    public RedisServer restart() {
        var started = Program.start(
                kind.command,
                folder,
                Map.of(),
                List.of(kind.command, folder.resolve("redis.conf").toString()));
        program = Optional.of(started);
        started.await(PATIENCE, () -> ask("PING").matches("PONG|NOAUTH(?s:.*)"));
        return this;
    }

    /** Kills it, as a lost machine would be. */
    public void kill() {
        program.ifPresent(running -> {
            signal("KILL");
            running.close();
        });
        program = Optional.empty();
    }

    /** Lets it hang: its connections stay open, and nothing is answered until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        run(List.of("kill", "-" + name, "" + program.orElseThrow().pid()));
    }

    /** What it answers to a command. */
    public String ask(String... command) {
        var whole = new ArrayList<>(client);
        whole.addAll(List.of(command));
        return run(whole);
    }

    static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return text.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
