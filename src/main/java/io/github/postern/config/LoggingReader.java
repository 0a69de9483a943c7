package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Fills {@link LoggingSettings}. */
final class LoggingReader {
    /** The line of a request as oauth2-proxy writes it. */
    static final LineFormat USUAL_REQUEST = LineFormat.of(
            "{{.Client}} - {{.RequestID}} - {{.Username}} [{{.Timestamp}}] {{.Host}} {{.RequestMethod}} {{.Upstream}} "
                    + "{{.RequestURI}} {{.Protocol}} {{.UserAgent}} {{.StatusCode}} {{.ResponseSize}} {{.RequestDuration}}");

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
        boolean requests = isRequestLogging();
        Optional<LineFormat> request = format(REQUEST_LOGGING_FORMAT, REQUEST_LOGGING, requests, REQUEST_FIELDS);
        List<String> excluded = values.list(EXCLUDE_LOGGING_PATH);
        if (!requests && !excluded.isEmpty()) {
            findings.note("exclude-logging-path has no effect: request-logging is not on.");
        }
        return new LoggingSettings(
                values.isOn(AUTH_LOGGING),
                format(AUTH_LOGGING_FORMAT, AUTH_LOGGING, values.isOn(AUTH_LOGGING), DECISION_FIELDS),
                requests ? request.or(() -> Optional.of(USUAL_REQUEST)) : Optional.empty(),
                values.isOn(STANDARD_LOGGING),
                format(STANDARD_LOGGING_FORMAT, STANDARD_LOGGING, values.isOn(STANDARD_LOGGING), STANDARD_FIELDS),
                values.isOn(ERRORS_TO_INFO_LOG),
                excluded,
                !values.isOn(SILENCE_PING_LOGGING),
                values.isOn(LOGGING_LOCAL_TIME),
                requestIdHeader());
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
