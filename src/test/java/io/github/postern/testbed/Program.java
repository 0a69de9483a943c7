package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A process of ours, its output in a file; ended by its own id, and with this JVM at the latest. */
final class Program implements AutoCloseable {
    private static final long STOP_SECONDS = 10;
    private static final int SHOWN_LINES = 30;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread lastResort;

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.lastResort = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Starts a command in this folder; its output goes to {@code NAME.log} there. */
    static Program start(String name, Path folder, Map<String, String> environment, List<String> command) {
        var log = folder.resolve(name + ".log");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Program(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the program is ready.
     *
     * @throws IllegalStateException with the end of its log, if it ends first or takes longer than this
     */
    void await(Duration patience, BooleanSupplier ready) {
        var end = System.nanoTime() + patience.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with code " + process.exitValue() + tail());
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(name + " is not ready after " + patience.toSeconds() + " s" + tail());
            }
            pause();
        }
    }

    /**
     * Waits for the program's own end.
     *
     * @throws IllegalStateException with the end of its log, if it fails or takes longer than this
     */
    void awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " runs on after " + patience.toSeconds() + " s" + tail());
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(name + " ended with code " + process.exitValue() + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", e);
        } finally {
            close();
        }
    }

    Path log() {
        return log;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        forget();
    }

    private void kill() {
        try {
            process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // the JVM is going down already: the hook has run or will, on a dead process
        }
    }

    private String tail() {
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            var all = lines.toList();
            return ". The end of " + log + ":\n"
                    + all.stream().skip(Math.max(0, all.size() - SHOWN_LINES)).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "; it left no log";
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
