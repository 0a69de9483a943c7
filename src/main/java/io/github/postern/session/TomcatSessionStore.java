package io.github.postern.session;

import io.github.postern.config.CookieSettings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.catalina.Manager;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * pac4j's session in Tomcat's own: in its memory, and in that of the other replicas where there is a cluster. The cookie is
 * Tomcat's session cookie, made to look like ours.
 */
public final class TomcatSessionStore extends BrowserSessionStore implements AutoCloseable {
    private static final String READ = TomcatSessionStore.class.getName() + ".read";

    private final TomcatSessions sessions;
    private final SealedCookie cookie;
    private final String cookieName;
    private final CookieParts parts;
    private final Means means;
    private final Optional<LastSeen> lastSeen;

    private TomcatSessionStore(CookieSettings settings, TomcatSessions sessions, Idle idle, Trips trips, Means means) {
        super(trips);
        this.lastSeen = idle.isOn()
                ? Optional.of(new LastSeen((id, profile) -> sessions.seen(id), idle.betweenNotes()))
                : Optional.empty();
        this.sessions = sessions;
        this.cookie = new SealedCookie(settings, means.uses().userHost(), settings.path(), settings.sameSite());
        this.cookieName = settings.name();
        this.parts = new CookieParts(settings.name());
        this.means = means;
    }

    /**
     * What the store works with.
     *
     * @param uses where the cookies are needed
     * @param client the address of the user's browser, for the list of sessions
     * @param incomplete whether sessions of other replicas are still to come
     * @param clock now
     */
    public record Means(
            CookieSessionStore.Uses uses,
            Function<HttpServletRequest, Optional<String>> client,
            BooleanSupplier incomplete,
            InstantSource clock) {}

    /**
     * The store, and the directory of all its sessions.
     *
     * @param store the session of a request
     * @param directory the sessions of everybody
     */
    public record Pair(TomcatSessionStore store, TomcatSessionDirectory directory) {}

    /**
     * A store that keeps sessions where Tomcat does.
     *
     * @param seal what opens and closes what they hold
     * @param revocations which sessions have ended
     * @param manager Tomcat's keeper of sessions
     */
    public static Pair of(
            CookieSettings settings, Seal seal, Revocations revocations, Supplier<Manager> manager, Means means) {
        var idle = new Idle(settings.idleTimeout());
        var sessions =
                new TomcatSessions(manager, seal, means.uses().idTokenOnChecks(), idle, revocations, means.clock());
        Trips trips = CookieSessionStore.trips(settings, seal, means.uses(), means.clock());
        return new Pair(
                new TomcatSessionStore(settings, sessions, idle, trips, means), new TomcatSessionDirectory(sessions));
    }

    /** Makes Tomcat's session cookie look as the settings say; to be called while the application starts. */
    public static void dress(ServletContext application, CookieSettings settings) {
        // Never in an address: those end up in logs, histories and Referer headers
        application.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
        SessionCookieConfig config = application.getSessionCookieConfig();
        config.setName(settings.name());
        config.setPath(settings.path());
        settings.domains().forEach(config::setDomain);
        config.setSecure(settings.secure());
        config.setHttpOnly(settings.httpOnly());
        config.setMaxAge(
                settings.lifetime().isZero() ? -1 : (int) settings.lifetime().toSeconds());
        if (!settings.sameSite().isEmpty()) {
            config.setAttribute("SameSite", settings.sameSite());
        }
    }

    @Override
    Optional<OidcProfile> read(HttpServletRequest request, HttpServletResponse response) {
        Optional<HttpSession> session = current(request);
        Optional<OidcProfile> profile = session.flatMap(sessions::read);
        if (profile.isPresent()) {
            request.setAttribute(READ, sessionId(profile.get()));
            lastSeen.ifPresent(notes -> notes.touch(session.get().getId(), profile.get()));
        } else {
            requireComplete(request);
            forget(request, response);
        }
        return profile;
    }

    /** Just after the start, a session that is not known here may be known to the others. */
    private void requireComplete(HttpServletRequest request) {
        if (request.getRequestedSessionId() != null && means.incomplete().getAsBoolean()) {
            throw new TechnicalException("the sessions of the other replicas have not arrived yet");
        }
    }

    /** Never makes a session: whoever does not sign in leaves nothing behind. */
    private static Optional<HttpSession> current(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false));
    }

    @Override
    void write(HttpServletRequest request, HttpServletResponse response, OidcProfile profile) {
        Optional<HttpSession> own = current(request).filter(session -> holds(session, profile));
        if (own.isPresent()) {
            renew(request, response, own.get(), profile);
        } else if (!sessionId(profile).equals(request.getAttribute(READ))) {
            begin(request, profile);
        } // else it was ended while this request renewed it, and must not come back
    }

    private boolean holds(HttpSession session, OidcProfile profile) {
        return sessions.read(session).map(BrowserSessionStore::sessionId).equals(Optional.of(sessionId(profile)));
    }

    /** A login never takes over a session that was there: its identifier may be known to somebody else. */
    private void begin(HttpServletRequest request, OidcProfile profile) {
        current(request).ifPresent(sessions::end);
        sessions.revocations().begin(profile);
        HttpSession session = request.getSession(true);
        sessions.put(session, TomcatSessions.BROWSER, TomcatSessionDirectory.text(Visitor.of(request, means.client())));
        sessions.keep(session, profile);
    }

    private void renew(
            HttpServletRequest request, HttpServletResponse response, HttpSession session, OidcProfile profile) {
        try {
            sessions.keep(session, profile);
        } catch (IllegalStateException e) {
            return; // ended meanwhile
        }
        cookie.write(
                request, response, new SealedCookie.Named(cookieName, session.getId()), sessions.lifetime(profile));
    }

    @Override
    void end(HttpServletRequest request, HttpServletResponse response) {
        current(request).ifPresent(sessions::end);
        forget(request, response);
    }

    /** A cookie that stands for no session is taken away, so that the browser does not send it for ever. */
    private void forget(HttpServletRequest request, HttpServletResponse response) {
        cookie.deleteAll(request, response, parts::owns);
    }

    @Override
    Optional<String> idToken(HttpServletRequest request, HttpServletResponse response) {
        Optional<HttpSession> session = current(request);
        return session.flatMap(sessions::read)
                .flatMap(profile -> Optional.ofNullable(profile.getIdTokenString()))
                .or(() -> session.flatMap(kept -> sessions.text(kept, TomcatSessions.ID_TOKEN)));
    }

    /** Tomcat's own identifier of the session. */
    @Override
    public Optional<Object> getTrackableSession(WebContext context) {
        HttpServletRequest request = ((JEEContext) context).getNativeRequest();
        return current(request)
                .filter(session -> sessions.read(session).isPresent())
                .map(HttpSession::getId);
    }

    @Override
    public Optional<SessionStore> buildFromTrackableSession(WebContext context, Object trackableSession) {
        return Optional.of(new DetachedTomcatSession(sessions, String.valueOf(trackableSession)));
    }

    @Override
    public void close() {
        lastSeen.ifPresent(LastSeen::close);
    }
}
