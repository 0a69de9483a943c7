package io.github.postern.web;

import io.github.postern.gate.SessionMechanism;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * A request of which it is not known whether somebody is signed in, because what keeps the sessions cannot be asked. It is
 * answered 503 (RFC 9110, 15.6.4): not let in, and not sent to sign in again either.
 */
final class Undecided {
    private static final String RETRY_AFTER_SECONDS = "1";

    private Undecided() {}

    static boolean isSo(HttpServletRequest request) {
        return request.getAttribute(SessionMechanism.UNDECIDED_SESSION) != null;
    }

    /**
     * What a person sees.
     *
     * @param reference not told in the log, where many lines would be alike
     */
    static void show(
            HttpServletRequest request, HttpServletResponse response, Pages pages, String reference, Target target)
            throws ServletException, IOException {
        pages.failed(request, response, new FailedView(LoginFailure.SESSIONS_AWAY, reference, target, List.of()));
    }

    /** What a program reads. */
    static void tell(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        Json.writeText(response, "Service unavailable: sessions cannot be read at the moment");
    }
}
