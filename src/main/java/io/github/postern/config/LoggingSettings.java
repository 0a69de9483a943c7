package io.github.postern.config;

import java.util.List;
import java.util.Optional;

/**
 * What is recorded, and how it looks.
 *
 * @param decisions whether decisions are ({@code auth-logging})
 * @param decisionFormat their line; empty for our own
 * @param requestFormat the line of each request; empty when requests are not recorded
 * @param standard whether everything else is; if not, errors still are
 * @param standardFormat its line; empty for our own
 * @param errorsToOutput whether errors go to standard output rather than to standard error
 * @param excludedPaths exact paths whose requests get no line
 * @param probes whether the probes' requests get a line
 * @param localTime whether times are in the local zone rather than in UTC
 * @param requestIdHeader where a proxy names the request, if anywhere
 */
public record LoggingSettings(
        boolean decisions,
        Optional<LineFormat> decisionFormat,
        Optional<LineFormat> requestFormat,
        boolean standard,
        Optional<LineFormat> standardFormat,
        boolean errorsToOutput,
        List<String> excludedPaths,
        boolean probes,
        boolean localTime,
        Optional<String> requestIdHeader) {
    public LoggingSettings {
        excludedPaths = List.copyOf(excludedPaths);
    }
}
