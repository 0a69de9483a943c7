package io.github.postern.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.BiFunction;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.logout.handler.SessionLogoutHandler;

/** Ends the sessions that the provider itself, by a signed token, says are over (OpenID Connect Back-Channel Logout 1.0). */
public final class BackChannelLogout {
    private final LogoutTokens tokens;
    private final SessionLogoutHandler sessions;
    private final BiFunction<HttpServletRequest, HttpServletResponse, CallContext> contexts;

    /**
     * @param sessions what ends sessions, whosesoever browser holds them
     * @param contexts pac4j's view of a request
     */
    BackChannelLogout(
            LogoutTokens tokens,
            SessionLogoutHandler sessions,
            BiFunction<HttpServletRequest, HttpServletResponse, CallContext> contexts) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.contexts = contexts;
    }

    /**
     * Does what the token says. The verdict is the same whether there was such a session or not, so that nobody learns it.
     *
     * @param logoutToken what was sent as {@code logout_token}
     */
    public LogoutVerdict end(HttpServletRequest request, HttpServletResponse response, String logoutToken) {
        CallContext ctx = contexts.apply(request, response);
        LogoutTokens.Reading reading = tokens.read(logoutToken);
        return reading.token()
                .filter(tokens::claim)
                .map(token -> end(ctx, token))
                .orElse(reading.otherwise());
    }

    private LogoutVerdict end(CallContext ctx, LogoutToken token) {
        boolean done = false;
        try {
            sessions.destroySession(ctx, token.key().text());
            done = true;
            return new LogoutVerdict.Done(token.sub().orElse(""), token.sid().isEmpty());
        } catch (TechnicalException e) {
            return new LogoutVerdict.Undecided("the sessions cannot be reached: " + e.getMessage());
        } finally {
            if (!done) {
                tokens.release(token);
            }
        }
    }
}
