package io.github.postern.gate;

import io.github.postern.config.ForwardedSettings.ChallengeMode;
import io.github.postern.forwarded.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;

/** How a request without a session is answered. Only a page that a person waits for leads to a login; programs get a status. */
public enum Challenge {
    /** 302 to the provider: a person opens a page, and the proxy passes the redirect on. Starts a login. */
    REDIRECT,

    /**
     * 303 to the sign-in page: a person sent a form. What was typed cannot be kept, and the page says so; hence no login without a
     * click. Leads back to the form's page, see {@link #returnTarget}.
     */
    SEE_OTHER,

    /**
     * 401 with {@code Location} and a small page with a sign-in link: a person opens a page, but the proxy takes nothing but a
     * status. nginx can make a redirect of it.
     */
    SIGN_IN_LINK,

    /**
     * 401 and a small page whose sign-in link has {@code target="_top"}: a page inside another one. Providers refuse to be framed,
     * so a redirect would leave an empty frame. No {@code Location}.
     */
    FRAME_LINK,

    /**
     * 401 with a small body in JSON or text, without {@code Location}: a program, a sub-resource, a prefetch, a preflight. A redirect
     * would be followed to a login page that nobody sees, and each would leave a login cookie behind.
     */
    UNAUTHORIZED;

    /**
     * Chooses the answer.
     *
     * @param request the proxy's question, with the user's own headers
     * @param asked what the user asked for
     * @param mode what the operator knows about the proxy
     */
    public static Challenge of(HttpServletRequest request, ForwardedRequest asked, ChallengeMode mode) {
        var signs = new Signs(request, asked);
        if (signs.ofProgram()) {
            return UNAUTHORIZED;
        }
        if (signs.ofForm()) {
            return passesRedirects(asked, mode) ? SEE_OTHER : UNAUTHORIZED;
        }
        if (signs.ofFrame()) {
            return FRAME_LINK;
        }
        return passesRedirects(asked, mode) ? REDIRECT : SIGN_IN_LINK;
    }

    /**
     * Where a login that follows this answer should lead back to, before anyone asked whether that host is ours.
     *
     * @param prefix where our own endpoints lie
     * @return an absolute URL, or {@code /}
     */
    public String returnTarget(HttpServletRequest request, ForwardedRequest asked, String prefix) {
        return this == SEE_OTHER ? new Signs(request, asked).formPage().orElse("/") : asked.returnTarget(prefix);
    }

    /** Whether the body of a 401 should be JSON rather than text. */
    public static boolean prefersJson(HttpServletRequest request) {
        return Signs.acceptsJson(request);
    }

    /** Whether a page is asked for by name, as browsers do when they navigate. */
    public static boolean namesPage(HttpServletRequest request) {
        return Signs.namesPage(request);
    }

    private static boolean passesRedirects(ForwardedRequest asked, ChallengeMode mode) {
        return switch (mode) {
            case AUTO -> asked.redirectCapable();
            case REDIRECT -> true;
            case STATUS_ONLY -> false;
        };
    }
}
