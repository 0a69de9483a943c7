package io.github.postern.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code /ping}: 200 while the process lives. */
public final class PingServlet extends Endpoint {
    private final transient Optional<String> userAgent;
    private final transient CatchAllServlet others;

    /**
     * @param userAgent the only {@code User-Agent} that is answered, if any
     * @param others what answers the others, for whom this is a path like any other
     */
    public PingServlet(Optional<String> userAgent, CatchAllServlet others) {
        this.userAgent = userAgent;
        this.others = others;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (userAgent
                .filter(only -> !only.equals(request.getHeader("User-Agent")))
                .isPresent()) {
            others.service(request, response);
            return;
        }
        Json.writeText(response, "OK");
    }
}
