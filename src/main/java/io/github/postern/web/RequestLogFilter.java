package io.github.postern.web;

import io.github.postern.config.EndpointSettings;
import io.github.postern.config.LoggingSettings;
import io.github.postern.config.Settings;
import io.github.postern.telemetry.RequestLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a line for each request, when it is answered. In place only where such lines are wanted. */
public final class RequestLogFilter extends HttpFilter {
    private final transient RequestLog log;
    private final transient Set<String> silent;

    /** @param settings which paths of ours get no line */
    public RequestLogFilter(RequestLog log, Settings settings) {
        this.log = log;
        this.silent = silent(settings.logging(), settings.endpoints());
    }

    private static Set<String> silent(LoggingSettings logging, EndpointSettings paths) {
        var silent = new HashSet<String>(logging.excludedPaths());
        if (!logging.probes()) {
            silent.addAll(List.of(paths.pingPath(), paths.readyPath()));
        }
        return Set.copyOf(silent);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (silent.contains(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        var counted = new CountedResponse(response);
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, counted);
            status = counted.getStatus();
        } finally {
            log.answered(status, counted.bytes());
        }
    }
}
