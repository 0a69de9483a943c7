package io.github.postern.login;

import io.github.postern.config.ProviderSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.logout.handler.SessionLogoutHandler;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.core.util.Pac4jConstants;

/**
 * Ends the session of the browser in which the provider's own page shows ours (OpenID Connect Front-Channel Logout 1.0). Nothing
 * is signed there: only who knows the provider's name for the session can end it, and only in its own browser.
 */
public final class FrontChannelLogout {
    private final ProviderSettings settings;
    private final SessionLogoutHandler sessions;
    private final BiFunction<HttpServletRequest, HttpServletResponse, CallContext> contexts;

    /**
     * @param sessions what ends a session wherever it is kept
     * @param contexts pac4j's view of a request
     */
    FrontChannelLogout(
            ProviderSettings settings,
            SessionLogoutHandler sessions,
            BiFunction<HttpServletRequest, HttpServletResponse, CallContext> contexts) {
        this.settings = settings;
        this.sessions = sessions;
        this.contexts = contexts;
    }

    /**
     * Ends the browser's session if it is the one that is named; any other stays, and that is no failure: the named one is over.
     *
     * @param issuer whose session is over
     * @param sid its name there
     * @return {@link LogoutVerdict.Done} names the subject only where a session ended
     */
    public LogoutVerdict end(HttpServletRequest request, HttpServletResponse response, String issuer, String sid) {
        if (!settings.idTokens().anyIssuer() && !settings.issuer().equals(issuer)) {
            return new LogoutVerdict.Refused("its iss is " + issuer);
        }
        CallContext ctx = contexts.apply(request, response);
        try {
            String subject = subject(ctx, sid).orElse("");
            if (!subject.isEmpty()) {
                sessions.destroySession(ctx, SessionKey.sid(sid).text());
                ctx.sessionStore().destroySession(ctx.webContext());
            }
            return new LogoutVerdict.Done(subject, false);
        } catch (TechnicalException e) {
            return new LogoutVerdict.Undecided("the sessions cannot be reached: " + e.getMessage());
        }
    }

    private static Optional<String> subject(CallContext ctx, String sid) {
        return ctx.sessionStore()
                .get(ctx.webContext(), Pac4jConstants.USER_PROFILES)
                .filter(Map.class::isInstance)
                .flatMap(profiles -> ((Map<?, ?>) profiles)
                        .values().stream()
                                .filter(UserProfile.class::isInstance)
                                .map(UserProfile.class::cast)
                                .findFirst())
                .filter(profile -> sid.equals(profile.getAttribute("sid")))
                .map(UserProfile::getId);
    }
}
