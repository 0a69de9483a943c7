package io.github.postern.config;

import java.util.List;
import java.util.Optional;

/**
 * What is recorded, and how it looks.
 *
 * @param json whether lines without a format of their own are JSON objects ({@code logging-format})
 * @param level the least of our own that is written ({@code logging-level})
 * @param decisions who signed in, who was refused ({@code auth-logging})
 * @param checks whether checks that refuse nobody are among them ({@code check-logging})
 * @param requests every request with its answer
 * @param standard everything else; errors are recorded even where this is not on
 * @param errorsToOutput whether errors go to standard output rather than to standard error
 * @param excludedPaths exact paths whose requests get no line
 * @param probes whether the probes' requests get a line
 * @param localTime whether times are in the local zone rather than in UTC
 * @param requestIdHeader where a proxy names the request, if anywhere
 */
public record LoggingSettings(
        boolean json,
        LogLevel level,
        Lines decisions,
        boolean checks,
        Lines requests,
        Lines standard,
        boolean errorsToOutput,
        List<String> excludedPaths,
        boolean probes,
        boolean localTime,
        Optional<String> requestIdHeader) {
    public LoggingSettings {
        excludedPaths = List.copyOf(excludedPaths);
    }

    /**
     * A kind of lines.
     *
     * @param on whether there are any
     * @param format what they look like; empty for our own
     */
    public record Lines(boolean on, Optional<LineFormat> format) {}

    /** How much is written. */
    public enum LogLevel {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
