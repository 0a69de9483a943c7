package io.github.postern.web;

import io.github.postern.gate.Caller;
import io.github.postern.gate.Callers;
import io.github.postern.login.Callback;
import io.github.postern.login.LoginFailed;
import io.github.postern.telemetry.AuthLog;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /callback}: where the provider sends people back to, after a login and after a sign-out. */
public final class CallbackServlet extends Endpoint {
    private final transient Callback callback;
    private final transient Logins logins;
    private final transient Places places;
    private final transient Pages pages;
    private final transient AuthLog log;

    /**
     * @param callback what completes
     * @param logins how failures are told
     * @param places where people are
     * @param pages what they see after a sign-out
     * @param log what operators see
     */
    public CallbackServlet(Callback callback, Logins logins, Places places, Pages pages, AuthLog log) {
        this.callback = callback;
        this.logins = logins;
        this.places = places;
        this.pages = pages;
        this.log = log;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        try {
            Callback.Completed completed = callback.complete(request, response);
            completed.profile().map(Callers::of).ifPresent(caller -> tell(request, caller));
            if (completed.returnTo().isPresent()) {
                response.setStatus(HttpServletResponse.SC_FOUND);
                response.setHeader("Location", completed.returnTo().get());
            } else {
                pages.signedOut(request, response, new SignedOutView(Target.HOME, true));
            }
        } catch (LoginFailed e) {
            var target = new Target(callback.target(request, response).orElse("/"));
            logins.failed(request, response, e, target);
        }
    }

    private void tell(HttpServletRequest request, Caller caller) {
        var settings = places.settings();
        log.signedIn(
                caller.subject(),
                caller.preferredUsername(),
                places.asked(request).client().orElse(""),
                "provider");
        if (caller.email().isEmpty()) {
            log.claimMissing(caller.subject(), settings.provider().emailClaim(), LoginFailure.EMAIL_MISSING.cure());
        }
        if (caller.groups().isEmpty() && !settings.admission().allowedGroups().isEmpty()) {
            log.claimMissing(caller.subject(), settings.provider().groupsClaim(), LoginFailure.GROUPS_MISSING.cure());
        }
    }

    /** Where the provider was asked to answer so (OAuth 2.0 Form Post Response Mode); the same is checked. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (places.settings().provider().signIn().formPost()) {
            doGet(request, response);
        } else {
            super.doPost(request, response);
        }
    }

    /** A HEAD redeems nothing. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(response, "GET");
    }
}
