package io.github.postern.session;

import io.github.postern.config.CookieSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** pac4j's session in sealed cookies. Nothing is kept on this side but which sessions have ended before their time. */
public final class CookieSessionStore extends BrowserSessionStore {
    private static final Logger LOG = LoggerFactory.getLogger(CookieSessionStore.class);
    private final SessionCookies sessions;
    private final IdTokenCookie idTokens;
    private final Revocations revocations;
    private final LastUse lastUse;
    private final boolean idTokenInSession;

    private CookieSessionStore(
            SessionCookies sessions,
            IdTokenCookie idTokens,
            Trips trips,
            Revocations revocations,
            LastUse lastUse,
            boolean idTokenInSession) {
        super(trips);
        this.sessions = sessions;
        this.idTokens = idTokens;
        this.revocations = revocations;
        this.lastUse = lastUse;
        this.idTokenInSession = idTokenInSession;
    }

    /**
     * A store that writes cookies as the settings say.
     *
     * @param seal what opens and closes them
     * @param revocations which sessions have ended
     * @param uses where the cookies are needed
     * @param clock now
     */
    public static CookieSessionStore of(
            CookieSettings settings, Seal seal, Revocations revocations, Uses uses, InstantSource clock) {
        var session = new SealedCookie(settings, uses.userHost(), settings.path(), settings.sameSite());
        var tokens = new SealedCookie(settings, uses.userHost(), uses.prefix(), settings.sameSite());
        return new CookieSessionStore(
                new SessionCookies(
                        seal, session, new SessionCookies.Name(settings.name(), uses.idTokenOnChecks()), clock),
                new IdTokenCookie(seal, tokens, settings.name()),
                trips(settings, seal, uses, clock),
                revocations,
                new LastUse(new Idle(settings.idleTimeout()), clock),
                uses.idTokenOnChecks());
    }

    static Trips trips(CookieSettings settings, Seal seal, Uses uses, InstantSource clock) {
        var login = new SealedCookie(settings, uses.userHost(), settings.path(), settings.loginSameSite());
        return new Trips(new LoginCookies(seal, login, settings, clock), uses.stateKey());
    }

    /**
     * Where the cookies are needed.
     *
     * @param userHost the host in the user's address bar, without port
     * @param prefix the path of our own endpoints
     * @param stateKey pac4j's key for the {@code state} of a login
     * @param idTokenOnChecks whether every check needs the ID token
     */
    public record Uses(
            Function<HttpServletRequest, String> userHost, String prefix, String stateKey, boolean idTokenOnChecks) {}

    /** A session cookie that opens nothing is taken away at once, so that the browser does not send it for ever. */
    @Override
    Optional<OidcProfile> read(HttpServletRequest request, HttpServletResponse response) {
        Optional<OidcProfile> profile = current(request);
        if (profile.isEmpty()) {
            sessions.delete(request, response);
        } else if (lastUse.isWorthACookie(profile.get())) {
            tellUse(request, response, profile.get());
        }
        return profile;
    }

    private Optional<OidcProfile> current(HttpServletRequest request) {
        return sessions.read(request).filter(profile -> !revocations.ended(profile) && lastUse.isRecent(profile));
    }

    /** The same session, with a note that it was used now; where that does not fit, this replica's memory has to do. */
    private void tellUse(HttpServletRequest request, HttpServletResponse response, OidcProfile profile) {
        try {
            sessions.write(request, response, lastUse.noted(profile));
        } catch (IllegalArgumentException e) {
            LOG.debug("The session is too large for a note of its use", e);
        }
    }

    @Override
    void write(HttpServletRequest request, HttpServletResponse response, OidcProfile profile) {
        if (isNew(profile)) {
            revocations.begin(profile);
        }
        // first, because a session that does not fit must leave nothing behind
        sessions.write(request, response, lastUse.noted(profile));
        String idToken = profile.getIdTokenString();
        if (idToken != null && !idTokenInSession) {
            var kept = new IdTokenCookie.Kept(idToken, sessions.remaining(profile));
            idTokens.write(request, response, sessionId(profile), kept);
        }
    }

    /** A renewed session, which must not come back to life, began before its tokens. */
    private static boolean isNew(OidcProfile profile) {
        return profile.getAttribute(JwtClaims.ISSUED_AT) instanceof Number began
                && began.equals(profile.getAttribute(OidcProfileDefinition.UPDATED_AT));
    }

    /** The browser is told to forget the session, and a copy that somebody made of it is no good either. */
    @Override
    void end(HttpServletRequest request, HttpServletResponse response) {
        sessions.read(request).ifPresent(profile -> revocations.end(Revocations.Kind.SESSION, sessionId(profile)));
        sessions.delete(request, response);
        idTokens.delete(request, response);
    }

    @Override
    Optional<String> idToken(HttpServletRequest request, HttpServletResponse response) {
        return current(request)
                .flatMap(profile -> Optional.ofNullable(profile.getIdTokenString())
                        .or(() -> idTokens.read(request, sessionId(profile))));
    }

    /** Cookies cannot be reached from elsewhere. */
    @Override
    public Optional<Object> getTrackableSession(WebContext context) {
        return Optional.empty();
    }

    @Override
    public Optional<SessionStore> buildFromTrackableSession(WebContext context, Object trackableSession) {
        return Optional.empty();
    }
}
