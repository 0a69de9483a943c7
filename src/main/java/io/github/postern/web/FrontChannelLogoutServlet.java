package io.github.postern.web;

import io.github.postern.forwarded.QueryString;
import io.github.postern.login.FrontChannelLogout;
import io.github.postern.login.LogoutVerdict;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.telemetry.LineQuota;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * {@code /frontchannel-logout?iss=&sid=}: what the provider's signed-out page shows in a frame, so that the browser's session here
 * ends (Front-Channel Logout 1.0, 2).
 */
public final class FrontChannelLogoutServlet extends Endpoint {
    private static final String BY = "front-channel";
    private static final String RETRY_AFTER_SECONDS = "10";
    private final transient FrontChannelLogout logout;
    private final transient Places places;
    private final transient AuthLog log;
    private final transient LineQuota quota;

    /**
     * @param logout what ends sessions
     * @param places who the provider is
     * @param log what operators see
     * @param quota how much of it strangers can cause
     */
    public FrontChannelLogoutServlet(FrontChannelLogout logout, Places places, AuthLog log, LineQuota quota) {
        this.logout = logout;
        this.places = places;
        this.log = log;
        this.quota = quota;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors " + providersOrigin());
        LogoutVerdict verdict = verdict(request, response);
        if (verdict instanceof LogoutVerdict.Done done) {
            tell(done);
            Json.writeText(response, "Signed out");
        } else if (verdict instanceof LogoutVerdict.Refused refused) {
            tell(request, refused.why());
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            Json.writeText(response, "Nobody was signed out");
        } else if (verdict instanceof LogoutVerdict.Undecided undecided) {
            tell(request, undecided.why());
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            Json.writeText(response, "Nobody can be signed out just now");
        }
    }

    private LogoutVerdict verdict(HttpServletRequest request, HttpServletResponse response) {
        var query = QueryString.of(request.getQueryString());
        List<String> issuers = query.all("iss");
        List<String> sids = query.all("sid");
        return issuers.size() == 1 && sids.size() == 1
                ? logout.end(request, response, issuers.get(0), sids.get(0))
                : new LogoutVerdict.Refused("one iss and one sid were expected");
    }

    /** Only its page may frame this one. */
    private String providersOrigin() {
        var issuer = URI.create(places.settings().provider().issuer());
        return issuer.getScheme() + "://" + issuer.getRawAuthority();
    }

    private void tell(LogoutVerdict.Done done) {
        if (!done.subject().isEmpty()) {
            log.signedOutByProvider(done.subject(), BY, false);
        }
    }

    private void tell(HttpServletRequest request, String why) {
        quota.take()
                .ifPresent(leftOut ->
                        log.signOutRefused(BY, why, places.client(request).orElse(""), leftOut));
    }

    /** A HEAD ends nothing. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(response, "GET");
    }
}
