package io.github.postern.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code /ping}: 200 while the process lives. */
public final class PingServlet extends Endpoint {
    private final transient Optional<String> userAgent;

    /** @param userAgent the only {@code User-Agent} that is answered, if any */
    public PingServlet(Optional<String> userAgent) {
        this.userAgent = userAgent;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (userAgent
                .filter(only -> !only.equals(request.getHeader("User-Agent")))
                .isPresent()) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED); // like any other path without a session
            Json.writeText(response, "Unauthorized");
            return;
        }
        Json.writeText(response, "OK");
    }
}
