package io.github.postern.web;

import io.github.postern.config.Level;
import io.github.postern.forwarded.QueryString;
import io.github.postern.gate.SessionMechanism;
import io.github.postern.login.AskedLevel;
import io.github.postern.login.LoginFailed;
import io.github.postern.telemetry.AuthLog;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Starts logins through the security context, and tells people and the log why one failed. */
public final class Logins {
    private static final int LONGEST_CAUSE = 1000;
    /** What the pages call it. */
    private static final String LEVEL = "level";

    private final SecurityContext security;
    private final Places places;
    private final Pages pages;
    private final AuthLog log;

    /**
     * @param security where logins start
     * @param places our addresses
     * @param pages what people see
     * @param log what operators see
     */
    public Logins(SecurityContext security, Places places, Pages pages, AuthLog log) {
        this.security = security;
        this.places = places;
        this.pages = pages;
        this.log = log;
    }

    /** The login that this request begins, or the page it shows a link to one on, is to be at this level. */
    static void askFor(HttpServletRequest request, Level level) {
        if (!level.isAny()) {
            request.setAttribute(AskedLevel.ATTRIBUTE, level);
            request.setAttribute(LEVEL, level);
        }
    }

    /** The level that the request's own parameters name, where a rule asks for it; anybody can write them. */
    static Level wanted(HttpServletRequest request, Predicate<Level> demanded) {
        var query = QueryString.of(request.getQueryString());
        var level = Level.of(
                query.first(Level.ACR_VALUES).orElse(""),
                query.first(Level.MAX_AGE).orElse(""));
        return demanded.test(level) ? level : Level.ANY;
    }

    /** 302 to the provider, or a page that says why not; 401 for an image, a script or a prefetch: they start no login. */
    void begin(HttpServletRequest request, HttpServletResponse response, String returnTo)
            throws ServletException, IOException {
        String mode = request.getHeader("Sec-Fetch-Mode");
        if ((mode != null && !mode.equals("navigate")) || request.getHeader("Sec-Purpose") != null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            Json.writeText(response, "Unauthorized");
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        request.setAttribute(SessionMechanism.RETURN_TO, returnTo);
        try {
            security.authenticate(request, response, AuthenticationParameters.withParams());
            log.signInStarted();
        } catch (LoginFailed e) {
            failed(request, response, e, new Target(returnTo));
        }
    }

    void failed(HttpServletRequest request, HttpServletResponse response, LoginFailed failure, Target target)
            throws ServletException, IOException {
        LoginFailure page = pageOf(failure);
        String detail = String.valueOf(failure.getMessage());
        String reference = tell(page, failure.isBroughtByBrowser(), detail);
        var shown = shown(request, facts(request, page, failure), detail);
        pages.failed(request, response, new FailedView(page, reference, target, shown));
    }

    /** 503 for a person of whom it is not known whether somebody is signed in. */
    void undecided(HttpServletRequest request, HttpServletResponse response, Target target)
            throws ServletException, IOException {
        Undecided.show(request, response, pages, log.reference(), target);
    }

    private List<FailedView.Fact> facts(HttpServletRequest request, LoginFailure page, LoginFailed failure) {
        var provider = places.settings().provider();
        return switch (page) {
            case REDIRECT_URL ->
                List.of(new FailedView.Fact(
                        "redirect-url", places.redirectUri(request).toString()));
            case AUDIENCE ->
                List.of(
                        new FailedView.Fact("found", failure.description()),
                        new FailedView.Fact("client-id", provider.clientId()),
                        new FailedView.Fact(
                                "oidc-extra-audience",
                                String.join(", ", provider.audiences().extra())));
            default -> List.of();
        };
    }

    /** A page for a host that the session cookie does not reach; the browser named it, and it may be made up. */
    void foreignHost(
            HttpServletRequest request, HttpServletResponse response, String detail, List<FailedView.Fact> facts)
            throws ServletException, IOException {
        String reference = tell(LoginFailure.COOKIE_DOMAIN, true, detail);
        var shown = shown(request, facts, detail);
        pages.failed(request, response, new FailedView(LoginFailure.COOKIE_DOMAIN, reference, Target.HOME, shown));
    }

    /** What stands on the page as well. */
    private String tell(LoginFailure failure, boolean brought, String detail) {
        String reference = log.reference();
        log.signInFailed(reference, new AuthLog.Why(failure.name(), brought), detail, failure.cure());
        return reference;
    }

    /** The id by which a proxy and the log know the request, and the cause where the operator wants it on the page. */
    private List<FailedView.Fact> shown(HttpServletRequest request, List<FailedView.Fact> facts, String detail) {
        var shown = new ArrayList<>(facts);
        Hearing.sentId(request, places).ifPresent(id -> shown.add(new FailedView.Fact("Request ID", id)));
        if (places.settings().pages().showCause()) {
            shown.add(new FailedView.Fact("Cause", HtmlText.clip(detail, LONGEST_CAUSE)));
        }
        return shown;
    }

    private static LoginFailure pageOf(LoginFailed failure) {
        return switch (failure.reason()) {
            case USED_ATTEMPT -> LoginFailure.ATTEMPT_USED;
            case UNKNOWN_ATTEMPT -> LoginFailure.ATTEMPT_UNKNOWN;
            case PROVIDER_ERROR -> LoginFailure.ofProviderError(failure.error(), failure.description());
            case AUDIENCE -> LoginFailure.AUDIENCE;
            case BAD_RESPONSE, TOKEN_INVALID, TOKEN_UNTIMELY, KEYS_UNKNOWN -> LoginFailure.TOKEN_REJECTED;
            case CODE_REFUSED -> LoginFailure.CODE_REFUSED;
            case CLIENT_REFUSED -> LoginFailure.CLIENT_REFUSED;
            case EMAIL_UNVERIFIED -> LoginFailure.EMAIL_UNVERIFIED;
            case NOT_READY, KEYS_UNREACHABLE -> LoginFailure.PROVIDER_UNREACHABLE;
            case PROVIDER_BROKEN -> LoginFailure.PROVIDER_BROKEN;
            case PROVIDER_SLOW -> LoginFailure.PROVIDER_SLOW;
            case SESSION_TOO_LARGE -> LoginFailure.SESSION_TOO_LARGE;
            case STORE_AWAY -> LoginFailure.SESSIONS_AWAY;
            case REDIRECT_URL_UNKNOWN -> LoginFailure.REDIRECT_URL;
        };
    }
}
