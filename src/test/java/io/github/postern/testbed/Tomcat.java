package io.github.postern.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real Tomcat with the real WAR and the repository's {@code tomcat-conf}, as a process of its own.
 *
 * <p>Needs the system properties {@code tomcat.home} (an unpacked distribution) and {@code war} (the built archive).
 */
public final class Tomcat implements AutoCloseable {
    private static final List<String> QUICK =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx192m", "-Xss512k");
    private static final long STOP_SECONDS = 15;

    private final Map<String, String> environment;
    private final List<String> jvmOptions;
    private final int port;
    private final Path base;
    private Optional<Process> process = Optional.empty();

    private Tomcat(Map<String, String> environment, List<String> jvmOptions, int port) {
        this.environment = Map.copyOf(environment);
        this.jvmOptions = List.copyOf(jvmOptions);
        this.port = port;
        this.base = CatalinaBase.create();
    }

    /** A server on a free loopback port, not yet started; {@code environment} is all it gets of {@code OAUTH2_PROXY_*}. */
    public static Tomcat with(Map<String, String> environment) {
        return with(environment, freePort());
    }

    /** A server on this loopback port, not yet started; {@code jvmOptions} come after our own. */
    public static Tomcat with(Map<String, String> environment, int port, String... jvmOptions) {
        return new Tomcat(environment, List.of(jvmOptions), port);
    }

    /** A loopback port nobody listens on, below those that outgoing connections take for themselves in the meantime. */
    public static int freePort() {
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: another one
            }
        }
        throw new IllegalStateException("no free port between 20000 and 32000");
    }

    /**
     * Starts the process and waits until {@code /ping} answers.
     *
     * @throws IllegalStateException with the end of the log if it exits first or says nothing within a minute
     */
    public Tomcat start() {
        launch();
        if (!answersWithin(60)) {
            var said = output();
            stop();
            throw new IllegalStateException("Tomcat does not answer /ping:\n" + said);
        }
        return this;
    }

    /** Starts the process and does not wait: for configurations that must not start. */
    public Tomcat launch() {
        var builder = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OAUTH2_PROXY_"));
        builder.environment().put("POSTERN_ADDRESS", "127.0.0.1");
        builder.environment().put("POSTERN_PORT", Integer.toString(port));
        builder.environment()
                .put("OAUTH2_PROXY_SHUTDOWN_DELAY", "0"); // no proxy looks, so there is nothing to wait for
        builder.environment().putAll(environment);
        builder.directory(base.toFile());
        try {
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // an interrupted test run must not leave a server behind
        var started = process.orElseThrow();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return this;
    }

    /** Whether {@code /ping} answers 200 before the time is over or the process ends. */
    public boolean answersWithin(int seconds) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && isAlive()) {
            if (Probe.status(uri(pingPath()), pingUserAgent()) == 200) {
                return true;
            }
            pause();
        }
        return false;
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process.map(Process::isAlive).orElse(false);
    }

    /** The exit code, once the process has ended by itself within the time; empty while it runs. */
    public Optional<Integer> exitCodeWithin(int seconds) throws InterruptedException {
        var running = process.orElseThrow();
        return running.waitFor(seconds, TimeUnit.SECONDS) ? Optional.of(running.exitValue()) : Optional.empty();
    }

    /** Ends the process: politely, then firmly. */
    public void stop() {
        process.ifPresent(running -> {
            running.destroy();
            try {
                if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Asks the process to end, as {@code docker stop} and Kubernetes do, and does not wait. */
    public void terminate() {
        process.orElseThrow().destroy();
    }

    /** Ends the process at once, in the middle of whatever it does. */
    public void kill() throws InterruptedException {
        process.orElseThrow().destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        stop();
    }

    /** Everything the process has written so far: standard output and error, then Tomcat's log files. */
    public String output() {
        var text = new StringBuilder(read(log()));
        try (var files = Files.list(base.resolve("logs"))) {
            files.sorted().filter(file -> !file.equals(log())).forEach(file -> text.append(read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The file that holds standard output and error. */
    public Path log() {
        return base.resolve("logs/output.txt");
    }

    /** The process id, for measurements. */
    public long pid() {
        return process.orElseThrow().pid();
    }

    public int port() {
        return port;
    }

    /** An address on this server. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String pingPath() {
        return environment.getOrDefault("OAUTH2_PROXY_PING_PATH", "/ping");
    }

    private String pingUserAgent() {
        return environment.getOrDefault("OAUTH2_PROXY_PING_USER_AGENT", "testbed");
    }

    private List<String> command() {
        var home = Path.of(System.getProperty("tomcat.home")).toAbsolutePath();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK);
        command.addAll(ClassArchive.options());
        command.addAll(jvmOptions);
        // what catalina.sh sets; run directly so that destroy() reaches the server and not a shell
        for (var opened : List.of("java.lang", "java.lang.reflect", "java.io", "java.util", "java.util.concurrent")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
        command.add("-Dcatalina.home=" + home);
        command.add("-Dcatalina.base=" + base);
        command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
        command.add("-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"));
        command.add("-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager");
        command.add("-cp");
        command.add(home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"));
        command.add("org.apache.catalina.startup.Bootstrap");
        command.add("start");
        return command;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
