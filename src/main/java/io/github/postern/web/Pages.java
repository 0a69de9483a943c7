package io.github.postern.web;

import io.github.postern.config.Settings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Everything people see: each method answers with one page, its status and the headers every page carries. */
public final class Pages {
    private static final Set<String> METHODS_OF_JSP = Set.of("GET", "HEAD", "POST");
    private static final String RETRY_AFTER_SECONDS = "10";

    private final Site site;
    private final PageHeaders headers;
    private final Look look;

    /** @param settings what the operator decided: our paths, the provider's name, where forms may lead */
    public Pages(Settings settings) {
        this(Site.of(settings), PageHeaders.of(settings), Look.of(settings));
    }

    Pages(Site site, PageHeaders headers, Look look) {
        this.site = site;
        this.headers = headers;
        this.look = look;
    }

    /** 200: nobody is signed in, and here is the button. */
    public void signIn(HttpServletRequest request, HttpServletResponse response, SignInView view)
            throws ServletException, IOException {
        show(request, response, "sign_in", view);
    }

    /** 200: who is signed in, since when and until when, and the way out. */
    public void account(HttpServletRequest request, HttpServletResponse response, AccountView view)
            throws ServletException, IOException {
        show(request, response, "account", view);
    }

    /** 200: where the user is signed in, and a way to end each session. */
    public void sessions(HttpServletRequest request, HttpServletResponse response, SessionsView view)
            throws ServletException, IOException {
        show(request, response, "sessions", view);
    }

    /** 200: asks for the click that a sign-out from another site's link must not do without. */
    public void confirmSignOut(HttpServletRequest request, HttpServletResponse response, AccountView view)
            throws ServletException, IOException {
        show(request, response, "confirm_sign_out", view);
    }

    /** 200: the session is over. */
    public void signedOut(HttpServletRequest request, HttpServletResponse response, SignedOutView view)
            throws ServletException, IOException {
        show(request, response, "signed_out", view);
    }

    /** 403: signed in, but not admitted; says which rule and who would be. */
    public void refused(HttpServletRequest request, HttpServletResponse response, RefusedView view)
            throws ServletException, IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        show(request, response, "refused", view);
    }

    /** The failure's own status: the sign-in did not work, or cannot work now (503 with {@code Retry-After}). */
    public void failed(HttpServletRequest request, HttpServletResponse response, FailedView view)
            throws ServletException, IOException {
        response.setStatus(view.failure().status());
        if (view.failure().status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        show(request, response, "failed", view);
    }

    /** 401 inside a frame: the provider's login would not show there, so a link leads out of it. Gateway contract rule 19. */
    public void framed(HttpServletRequest request, HttpServletResponse response, FramedView view)
            throws ServletException, IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        headers.allowFrames(response);
        forward(request, response, "framed", view);
    }

    /** 200: on the way to the sign-in; a script hands the address's fragment on. */
    public void goOn(HttpServletRequest request, HttpServletResponse response, Target target)
            throws ServletException, IOException {
        show(request, response, "continue", target);
    }

    /** 404: nothing lives at this address. */
    public void notFound(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        show(request, response, "not_found", site);
    }

    private void show(HttpServletRequest request, HttpServletResponse response, String page, Object view)
            throws ServletException, IOException {
        headers.forbidFrames(response);
        forward(request, response, page, view);
    }

    private void forward(HttpServletRequest request, HttpServletResponse response, String page, Object view)
            throws ServletException, IOException {
        request.setAttribute("site", site);
        request.setAttribute("look", look);
        request.setAttribute("view", view);
        var path = "/WEB-INF/pages/" + page + ".jsp";
        request.getRequestDispatcher(path).forward(readable(request), response);
    }

    /** A JSP answers 405 to any other method, but a proxy may hand us the user's own (Envoy does). Pages 4.0 §JSP.11.4.2.1 */
    private static HttpServletRequest readable(HttpServletRequest request) {
        return METHODS_OF_JSP.contains(request.getMethod()) ? request : new AsGet(request);
    }

    /** The same request, seen as a GET. */
    private static final class AsGet extends HttpServletRequestWrapper {
        AsGet(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }
    }
}
