package io.github.postern.web;

import io.github.postern.forwarded.QueryString;
import io.github.postern.gate.Caller;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code /sign_in}: who is signed in, with the way out; or a button to sign in. */
public final class SignInServlet extends Endpoint {
    /** The parameter that says a form was lost on the way here. */
    static final String FORM = "form";

    private final transient SecurityContext security;
    private final transient Places places;
    private final transient Logins logins;
    private final transient Pages pages;
    private final transient Optional<PasswordSignIn> passwords;
    private final transient boolean listed;

    /**
     * @param security who is asking
     * @param places where people may be sent
     * @param logins what begins where no button is wanted
     * @param pages what people see
     * @param passwords what becomes of a password; empty where nobody has one
     * @param listed whether there is a list of the user's sessions
     */
    public SignInServlet(
            SecurityContext security,
            Places places,
            Logins logins,
            Pages pages,
            Optional<PasswordSignIn> passwords,
            boolean listed) {
        this.security = security;
        this.places = places;
        this.logins = logins;
        this.pages = pages;
        this.passwords = passwords;
        this.listed = listed;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String target = places.target(request);
        if (Undecided.isSo(request)) {
            logins.undecided(request, response, new Target(target));
            return;
        }
        boolean formLost = QueryString.of(request.getQueryString()).first(FORM).isPresent();
        if (security.getCallerPrincipal() instanceof Caller caller) {
            // only what was asked for: a sign-out that led back to a start page would sign in again at once
            var wanted = new Target(places.wanted(request).orElse("/"));
            pages.account(request, response, AccountView.of(caller, new SignOutForm(wanted), listed));
        } else if (places.settings().endpoints().skipProviderButton() && !formLost) {
            logins.begin(request, response, target);
        } else {
            var notice = formLost ? SignInView.Notice.FORM_NOT_SENT : SignInView.Notice.NONE;
            pages.signIn(request, response, new SignInView(new Target(target), notice));
        }
    }

    /** Where no button is wanted, a password that was refused leads to the provider too, as in oauth2-proxy. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (passwords.isEmpty()) {
            nothingToSend(request, response);
            return;
        }
        Optional<SignInView> page = passwords.get().answer(request, response);
        if (page.isEmpty()) {
            return;
        }
        if (places.settings().endpoints().skipProviderButton() && page.get().notice() == SignInView.Notice.WRONG) {
            logins.begin(request, response, page.get().target().url());
        } else {
            pages.signIn(request, response, page.get());
        }
    }

    /** As in oauth2-proxy the page is shown, whatever was sent; but not to whoever sends more than a form. */
    private void nothingToSend(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > PasswordForm.MOST_BYTES) {
            refuse(response, "GET, HEAD");
        } else {
            doGet(request, response);
        }
    }
}
