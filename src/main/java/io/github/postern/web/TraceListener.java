package io.github.postern.web;

import io.github.postern.config.EndpointSettings;
import io.github.postern.tracing.Asked;
import io.github.postern.tracing.RequestSpan;
import io.github.postern.tracing.Tracing;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives each request a span, from before the door to behind the answer; the orchestrator's probes get none. In place only where there are
 * traces.
 */
public final class TraceListener implements ServletRequestListener {
    /** Where a request keeps its span. */
    static final String SPAN = RequestSpan.class.getName();

    private final Tracing tracing;
    private final Places places;
    private final Set<String> probes;

    /**
     * @param tracing where spans begin
     * @param places what a proxy tells of the request
     */
    public TraceListener(Tracing tracing, Places places) {
        this.tracing = tracing;
        this.places = places;
        EndpointSettings paths = places.settings().endpoints();
        this.probes = Set.copyOf(List.of(paths.pingPath(), paths.readyPath()));
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request
                && !probes.contains(request.getServletPath())) {
            request.setAttribute(SPAN, tracing.begin(asked(request)));
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(SPAN) instanceof RequestSpan span) {
            span.end();
        }
    }

    private Asked asked(HttpServletRequest request) {
        return new Asked(
                request.getMethod(),
                route(request),
                places.asked(request).scheme(),
                places.host(request),
                Optional.ofNullable(request.getHeader("User-Agent")).orElse(""),
                headers(request));
    }

    private static String route(HttpServletRequest request) {
        String pattern = request.getHttpServletMapping().getPattern();
        return pattern.equals("/") ? "/*" : pattern;
    }

    /** Whoever may tell us of the user's request may name its trace. A stranger could have us record, or fill somebody else's trace. */
    private Function<String, Optional<String>> headers(HttpServletRequest request) {
        return places.isFromProxy(request)
                ? name -> Optional.ofNullable(request.getHeader(name))
                : name -> Optional.empty();
    }
}
