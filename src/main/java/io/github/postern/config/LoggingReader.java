package io.github.postern.config;

import static io.github.postern.config.Option.*;

import io.github.postern.config.LoggingSettings.Lines;
import io.github.postern.config.LoggingSettings.LogLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Fills {@link LoggingSettings}. */
final class LoggingReader {
    /** The line of a request as oauth2-proxy writes it. */
    static final LineFormat USUAL_REQUEST = LineFormat.of(
            "{{.Client}} - {{.RequestID}} - {{.Username}} [{{.Timestamp}}] {{.Host}} {{.RequestMethod}} {{.Upstream}} "
                    + "{{.RequestURI}} {{.Protocol}} {{.UserAgent}} {{.StatusCode}} {{.ResponseSize}} {{.RequestDuration}}");

    private static final Map<String, Boolean> FORMATS = Map.of("json", true, "text", false);
    private static final Map<String, LogLevel> LEVELS =
            Map.of("debug", LogLevel.DEBUG, "info", LogLevel.INFO, "warn", LogLevel.WARN, "error", LogLevel.ERROR);
    private static final Set<String> STANDARD_FIELDS = Set.of("Timestamp", "File", "Message");
    private static final Set<String> DECISION_FIELDS = Set.of(
            "Client",
            "Host",
            "Protocol",
            "RequestID",
            "RequestMethod",
            "Timestamp",
            "UserAgent",
            "Username",
            "Status",
            "Message");
    private static final Set<String> REQUEST_FIELDS = Set.of(
            "Client",
            "Host",
            "Protocol",
            "RequestID",
            "RequestDuration",
            "RequestMethod",
            "RequestURI",
            "ResponseSize",
            "StatusCode",
            "Timestamp",
            "Upstream",
            "UserAgent",
            "Username");
    // RFC 9110 section 5.6.2
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final Values values;
    private final Findings findings;

    LoggingReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    LoggingSettings read() {
        boolean json = Choice.read(LOGGING_FORMAT, FORMATS, values, findings);
        boolean decisions = values.isOn(AUTH_LOGGING);
        boolean requests = isRequestLogging();
        boolean standard = values.isOn(STANDARD_LOGGING);
        Optional<LineFormat> request = format(REQUEST_LOGGING_FORMAT, REQUEST_LOGGING, requests, REQUEST_FIELDS);
        return new LoggingSettings(
                json,
                Choice.read(LOGGING_LEVEL, LEVELS, values, findings),
                new Lines(decisions, format(AUTH_LOGGING_FORMAT, AUTH_LOGGING, decisions, DECISION_FIELDS)),
                checks(decisions),
                new Lines(requests, json ? request : request.or(() -> Optional.of(USUAL_REQUEST))),
                new Lines(standard, format(STANDARD_LOGGING_FORMAT, STANDARD_LOGGING, standard, STANDARD_FIELDS)),
                values.isOn(ERRORS_TO_INFO_LOG),
                excluded(requests || decisions),
                !values.isOn(SILENCE_PING_LOGGING),
                values.isOn(LOGGING_LOCAL_TIME),
                requestIdHeader());
    }

    private boolean checks(boolean decisions) {
        if (!decisions && values.isSet(CHECK_LOGGING) && values.isOn(CHECK_LOGGING)) {
            findings.note("check-logging has no effect: auth-logging is false.");
        }
        return values.isOn(CHECK_LOGGING);
    }

    private List<String> excluded(boolean any) {
        List<String> excluded = values.list(EXCLUDE_LOGGING_PATH);
        if (!any && !excluded.isEmpty()) {
            findings.note("exclude-logging-path has no effect: neither request-logging nor auth-logging is on.");
        }
        return excluded;
    }

    /** Whoever wrote a format relies on oauth2-proxy's default, by which requests are recorded. */
    private boolean isRequestLogging() {
        return values.isOn(REQUEST_LOGGING)
                || (!values.isSet(REQUEST_LOGGING)
                        && values.textIfAny(REQUEST_LOGGING_FORMAT).isPresent());
    }

    private Optional<LineFormat> format(Option option, Option lines, boolean on, Set<String> fields) {
        Optional<String> template = values.textIfAny(option);
        if (template.isPresent() && !on) {
            findings.note(option.flag() + " has no effect: " + lines.flag() + " is false.");
        }
        return template.flatMap(text -> LineFormat.read(option, text, fields, findings));
    }

    private Optional<String> requestIdHeader() {
        Optional<String> header = values.textIfAny(REQUEST_ID_HEADER);
        header.filter(name -> !TOKEN.matcher(name).matches())
                .ifPresent(name -> findings.mistake(
                        REQUEST_ID_HEADER, Quoted.of(name) + " cannot be a header's name; X-Request-Id is usual"));
        header.filter(HeaderName::mayHoldSecrets)
                .ifPresent(name -> findings.mistake(
                        REQUEST_ID_HEADER,
                        Quoted.of(name) + " may hold secrets, and log lines repeat it; X-Request-Id is usual"));
        return header;
    }
}
