package io.github.postern.web;

import io.github.postern.forwarded.QueryString;
import io.github.postern.gate.Caller;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /sign_in}: who is signed in, with the way out; or a button to sign in. */
public final class SignInServlet extends Endpoint {
    /** The parameter that says a form was lost on the way here. */
    static final String FORM = "form";

    private final transient SecurityContext security;
    private final transient Places places;
    private final transient Logins logins;
    private final transient Pages pages;

    /**
     * @param security who is asking
     * @param places where people may be sent
     * @param logins what begins where no button is wanted
     * @param pages what people see
     */
    public SignInServlet(SecurityContext security, Places places, Logins logins, Pages pages) {
        this.security = security;
        this.places = places;
        this.logins = logins;
        this.pages = pages;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String target = places.target(request);
        boolean formLost = QueryString.of(request.getQueryString()).first(FORM).isPresent();
        if (security.getCallerPrincipal() instanceof Caller caller) {
            pages.account(request, response, AccountView.of(caller, new SignOutForm(new Target(target))));
        } else if (places.settings().endpoints().skipProviderButton() && !formLost) {
            logins.begin(request, response, target);
        } else {
            var notice = formLost ? SignInView.Notice.FORM_NOT_SENT : SignInView.Notice.NONE;
            pages.signIn(request, response, new SignInView(new Target(target), notice));
        }
    }
}
