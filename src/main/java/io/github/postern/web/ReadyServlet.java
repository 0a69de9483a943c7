package io.github.postern.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /ready}: 200 when people can sign in; else 503 and what is missing. The log has the details. */
public final class ReadyServlet extends Endpoint {
    private final transient Supplier<Optional<String>> trouble;

    /** @param trouble what keeps people from signing in; empty when nothing does */
    public ReadyServlet(Supplier<Optional<String>> trouble) {
        this.trouble = trouble;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (trouble.get().isPresent()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", "5");
            Json.writeText(
                    response,
                    "Not ready: Postern is about to end, or nobody can sign in now, because the identity provider or what keeps the sessions cannot be reached. Postern keeps trying; its log says why.");
            return;
        }
        Json.writeText(response, "OK");
    }
}
