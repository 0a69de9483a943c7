package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool: it reads rules and what is to be scraped, and runs tests of rules. */
public final class Promtool {
    private static final long PATIENCE_SECONDS = 60;

    private Promtool() {}

    /**
     * What it said.
     *
     * @param code 0 when all is well
     * @param text all of its output
     */
    public record Answer(int code, String text) {}

    /** Runs it with this file as its input. */
    public static Answer run(Path input, String... arguments) {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(input.toFile())
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("promtool does not end");
            }
            return new Answer(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Runs it without an input. */
    public static Answer run(String... arguments) {
        return run(Path.of("/dev/null"), arguments);
    }
}
