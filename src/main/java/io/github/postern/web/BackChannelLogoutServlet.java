package io.github.postern.web;

import io.github.postern.forwarded.QueryString;
import io.github.postern.login.BackChannelLogout;
import io.github.postern.login.LogoutVerdict;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.telemetry.LineQuota;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * {@code /backchannel-logout}: the provider's server tells that sessions are over (Back-Channel Logout 1.0, 2.5 to 2.8). Whoever has
 * a token of the provider's may say so, from anywhere; nobody learns whether there was such a session.
 */
public final class BackChannelLogoutServlet extends HttpServlet {
    private static final String BY = "back-channel";
    private static final int MOST_BYTES = 32 * 1024;
    private static final String RETRY_AFTER_SECONDS = "10";
    private final transient BackChannelLogout logout;
    private final transient Places places;
    private final transient AuthLog log;
    private final transient LineQuota quota;
    private final transient Json json = new Json();

    /**
     * @param logout what ends sessions
     * @param places where requests come from
     * @param log what operators see
     * @param quota how much of it strangers can cause
     */
    public BackChannelLogoutServlet(BackChannelLogout logout, Places places, AuthLog log, LineQuota quota) {
        this.logout = logout;
        this.places = places;
        this.log = log;
        this.quota = quota;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Endpoint.isSpelledOut(request)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            Json.writeText(response, "Not found");
        } else if (request.getMethod().equals("POST")) {
            answer(request, response, verdict(request, response));
        } else {
            Endpoint.refuse(response, "POST");
        }
    }

    private LogoutVerdict verdict(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> tokens = PostedForm.read(request, MOST_BYTES)
                .map(BackChannelLogoutServlet::tokens)
                .orElse(List.of());
        return tokens.size() == 1
                ? logout.end(request, response, tokens.get(0))
                : new LogoutVerdict.Refused("a form with one logout_token was expected");
    }

    private static List<String> tokens(QueryString form) {
        return form.isWhole() ? form.all("logout_token") : List.of();
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, LogoutVerdict verdict)
            throws IOException {
        if (verdict instanceof LogoutVerdict.Done done) {
            log.signedOutByProvider(done.subject(), BY, done.all());
            response.setHeader("Cache-Control", "no-store");
            response.setContentLength(0);
        } else if (verdict instanceof LogoutVerdict.Refused refused) {
            tell(request, refused.why());
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "invalid_request", "the logout token is not valid");
        } else if (verdict instanceof LogoutVerdict.Undecided undecided) {
            tell(request, undecided.why());
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            int status = HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            refuse(response, status, "temporarily_unavailable", "the sessions cannot be ended just now");
        }
    }

    private void tell(HttpServletRequest request, String why) {
        quota.take()
                .ifPresent(leftOut ->
                        log.signOutRefused(BY, why, places.client(request).orElse(""), leftOut));
    }

    private void refuse(HttpServletResponse response, int status, String error, String description) throws IOException {
        response.setStatus(status);
        json.write(response, Map.of("error", error, "error_description", description));
    }
}
