package io.github.postern.web;

import io.github.postern.config.ProviderAddresses;
import io.github.postern.forwarded.QueryString;
import io.github.postern.gate.Caller;
import io.github.postern.login.SignOff;
import io.github.postern.telemetry.AuthLog;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code /sign_out?rd=}: ends the session here, then at the provider (RP-Initiated Logout 1.0). A request that another site
 * caused gets a page with a button instead.
 */
public final class SignOutServlet extends Endpoint {
    private final transient SecurityContext security;
    private final transient SignOff signOff;
    private final transient Places places;
    private final transient Pages pages;
    private final transient AuthLog log;

    /**
     * @param security who is asking
     * @param signOff the way to the provider's own sign-out
     * @param places where people may be sent
     * @param pages what people see
     * @param log what operators see
     */
    public SignOutServlet(SecurityContext security, SignOff signOff, Places places, Pages pages, AuthLog log) {
        this.security = security;
        this.signOff = signOff;
        this.places = places;
        this.pages = pages;
        this.log = log;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String rd = places.wish(request).orElse("");
        if (Undecided.isSo(request)) {
            undecided(request, response);
        } else if (new Wish(request, places::isOurOrigin).isTheUsers()) {
            signOut(request, response, rd);
        } else {
            confirm(request, response, rd);
        }
    }

    /** Whoever is not signed in has nothing to confirm. */
    private void confirm(HttpServletRequest request, HttpServletResponse response, String rd)
            throws ServletException, IOException {
        Optional<Caller> caller = caller();
        var target = new Target(places.returnTo(request, rd).orElse("/"));
        if (caller.isPresent()) {
            pages.confirmSignOut(request, response, AccountView.of(caller.get(), new SignOutForm(target)));
        } else {
            pages.signIn(request, response, new SignInView(target, SignInView.Notice.NONE));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (Undecided.isSo(request)) {
            undecided(request, response);
            return;
        }
        if (!new Wish(request, places::isOurOrigin).isTheUsers()) {
            confirm(request, response, "");
            return;
        }
        String rd = QueryString.of(request.getQueryString()).first("rd").orElseGet(() -> formField(request, "rd"));
        signOut(request, response, rd);
    }

    /** A session that cannot be ended now must not look ended. */
    private void undecided(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Undecided.show(request, response, pages, log.reference(), Target.HOME);
    }

    /** The container bounds the form's size (maxPostSize). */
    private static String formField(HttpServletRequest request, String name) {
        try {
            return Optional.ofNullable(request.getParameter(name)).orElse("");
        } catch (IllegalStateException unreadable) {
            return "";
        }
    }

    private void signOut(HttpServletRequest request, HttpServletResponse response, String rd)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        Optional<Caller> caller = caller();
        // "/" would ask for the next login at once; the signed-out page is what was meant
        boolean somewhere = !rd.isEmpty() && !rd.equals("/");
        Optional<String> target = somewhere ? places.returnTo(request, rd) : Optional.empty();
        boolean local = caller.filter(Caller::isLocal).isPresent(); // the provider knows nothing of such a session
        if (caller.isEmpty() || local || target.filter(this::endsIt).isPresent()) {
            Optional<String> filled = target.map(wanted -> signOff.withIdToken(request, response, wanted));
            signOff.here(request, response);
            caller.ifPresent(known -> log.signedOut(known.subject()));
            leave(request, response, filled, local);
            return;
        }
        Optional<String> next = signOff.everywhere(request, response, target).or(() -> target);
        log.signedOut(caller.get().subject());
        if (next.isPresent()) {
            redirect(response, next.get());
        } else {
            pages.signedOut(request, response, new SignedOutView(Target.HOME, false));
        }
    }

    /** A person without a session here may have one at the provider still: "/" would sign them in again without a word. */
    private void leave(
            HttpServletRequest request, HttpServletResponse response, Optional<String> target, boolean everywhere)
            throws ServletException, IOException {
        boolean person = "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
        if (target.isEmpty() && person) {
            pages.signedOut(request, response, new SignedOutView(Target.HOME, everywhere));
        } else {
            redirect(response, target.orElse("/"));
        }
    }

    private Optional<Caller> caller() {
        return security.getCallerPrincipal() instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    /** oauth2-proxy's recipe: {@code rd} is the provider's own end_session address, its host in {@code whitelist-domain}. */
    private boolean endsIt(String target) {
        var provider = places.settings().provider();
        var pages = provider.addresses().given().map(ProviderAddresses.Given::login).stream();
        return Stream.concat(Stream.of(URI.create(provider.issuer())), pages)
                .anyMatch(page -> target.startsWith(page.resolve("/").toString()));
    }

    /** 302, never 307: whatever the method was, the next request is a GET. RFC 9700, 4.12 */
    private static void redirect(HttpServletResponse response, String location) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", location);
        response.setHeader("Referrer-Policy", "no-referrer");
    }
}
