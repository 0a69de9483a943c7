package io.github.postern.web;

import io.github.postern.telemetry.AuthLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** What no endpoint expected: 503 with a reference that is also in the log. Errors deny. */
public final class FaultFilter extends HttpFilter {
    private final transient Pages pages;
    private final transient AuthLog log;

    /**
     * @param pages what people see
     * @param log what operators see
     */
    public FaultFilter(Pages pages, AuthLog log) {
        this.pages = pages;
        this.log = log;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException e) {
            String reference = log.reference();
            log.fault(reference, request.getServletPath(), e);
            if (!response.isCommitted()) {
                response.reset();
                pages.failed(
                        request, response, new FailedView(LoginFailure.INTERNAL, reference, Target.HOME, List.of()));
            }
        }
    }
}
