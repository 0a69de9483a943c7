package io.github.postern;

import io.github.postern.config.LoggingSettings;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.telemetry.CurrentQuestion;
import io.github.postern.telemetry.EventLine;
import io.github.postern.telemetry.JsonLine;
import io.github.postern.telemetry.JsonRequestLine;
import io.github.postern.telemetry.Listener;
import io.github.postern.telemetry.LogOutput;
import io.github.postern.telemetry.RequestLine;
import io.github.postern.telemetry.RequestLog;
import io.github.postern.telemetry.TemplateLine;
import io.github.postern.telemetry.TemplateRequestLine;
import io.github.postern.telemetry.TextLine;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** The log, as the settings ask for it. */
record LogParts(LoggingSettings settings, CurrentQuestion current, InstantSource clock) {
    AuthLog log(SecureRandom random, Listener listener) {
        var checks = new AuthLog.Checks(settings.checks(), settings.excludedPaths());
        return new AuthLog(random, current, line(), listener, checks);
    }

    private EventLine line() {
        ZoneId zone = LogOutput.zone(settings);
        return settings.decisions()
                .format()
                .<EventLine>map(format -> new TemplateLine(format, zone, clock))
                .orElseGet(() -> settings.json() ? new JsonLine(zone, clock) : new TextLine());
    }

    Optional<RequestLog> requests() {
        return settings.requests().on()
                ? Optional.of(new RequestLog(current, requestLine(), clock, settings.excludedPaths()))
                : Optional.empty();
    }

    private RequestLine requestLine() {
        ZoneId zone = LogOutput.zone(settings);
        return settings.requests()
                .format()
                .<RequestLine>map(format -> new TemplateRequestLine(format, zone))
                .orElseGet(() -> new JsonRequestLine(zone));
    }
}
