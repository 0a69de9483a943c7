package io.github.postern.session;

import io.github.postern.config.CookieSettings;
import io.github.postern.config.SealingSecret;
import io.github.postern.redis.Redis;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.logout.handler.SessionLogoutHandler;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.profile.OidcProfile;

/** pac4j's session in Redis. The browser holds a ticket: which session it is, and the secret that opens it. */
public final class RedisSessionStore extends BrowserSessionStore implements AutoCloseable {
    private final TicketCookie cookie;
    private final ServerSessions sessions;
    private final Function<HttpServletRequest, Optional<String>> address;
    private final SecureRandom random;
    private final InstantSource clock;

    private RedisSessionStore(
            Trips trips,
            TicketCookie cookie,
            ServerSessions sessions,
            Function<HttpServletRequest, Optional<String>> address,
            Means means) {
        super(trips);
        this.cookie = cookie;
        this.sessions = sessions;
        this.address = address;
        this.random = means.random();
        this.clock = means.clock();
    }

    /**
     * What the store stands on.
     *
     * @param secrets what cookies and the index are sealed with; the first seals, all open
     * @param context what distinguishes this gateway from others under the same secret
     * @param random where ids and secrets come from
     * @param clock now
     */
    public record Means(
            Redis redis,
            Supplier<List<SealingSecret>> secrets,
            String context,
            SecureRandom random,
            InstantSource clock) {}

    /**
     * A store whose cookie is as the settings say.
     *
     * @param uses where the cookies are needed
     * @param address the client's address, where it is known
     */
    public static RedisSessionStore of(
            CookieSettings settings,
            CookieSessionStore.Uses uses,
            Function<HttpServletRequest, Optional<String>> address,
            Means means) {
        var seal = new Seal(means.secrets(), means.context(), means.random());
        var ticket = new SealedCookie(settings, uses.userHost(), settings.path(), settings.sameSite());
        var names = new IndexNames(settings.name(), means.secrets(), means.context());
        var records =
                new SessionRecords(means.redis(), settings.name(), new RecentRecords(System::nanoTime), means.random());
        return new RedisSessionStore(
                CookieSessionStore.trips(settings, seal, uses, means.clock()),
                new TicketCookie(seal, ticket, settings.name()),
                new ServerSessions(
                        records,
                        new SessionIndex(means.redis(), names, seal),
                        new Idle(settings.idleTimeout()),
                        means.clock()),
                address,
                means);
    }

    /** Finds and ends sessions without their cookie. */
    public SessionDirectory directory() {
        return sessions;
    }

    /** Ends sessions by the provider's word. */
    public SessionLogoutHandler endings() {
        return sessions;
    }

    @Override
    Optional<OidcProfile> read(HttpServletRequest request, HttpServletResponse response) {
        Optional<Found> found = find(request);
        if (found.isEmpty()) {
            cookie.delete(request, response);
        }
        return found.map(Found::profile);
    }

    private record Found(Ticket ticket, OidcProfile profile) {}

    private Optional<Found> find(HttpServletRequest request) {
        for (Ticket ticket : cookie.read(request)) { // a loop, because every check comes here
            Optional<OidcProfile> profile = sessions.recent(ticket);
            if (profile.isPresent()) {
                return Optional.of(new Found(ticket, profile.get()));
            }
        }
        return Optional.empty();
    }

    /** A new session gets a new ticket, whatever the browser brought; what that stood for ends. */
    @Override
    void write(HttpServletRequest request, HttpServletResponse response, OidcProfile profile) {
        List<Ticket> sent = cookie.read(request);
        String id = Ticket.id(sessionId(profile));
        Optional<Ticket> own =
                sent.stream().filter(ticket -> ticket.id().equals(id)).findFirst();
        if (own.isPresent()) {
            sessions.renew(own.get(), profile);
            cookie.write(request, response, own.get(), remaining(profile, clock));
            return;
        }
        Ticket ticket = Ticket.of(sessionId(profile), random);
        sessions.begin(ticket, profile, Visitor.of(request, address));
        cookie.write(request, response, ticket, remaining(profile, clock));
        sent.forEach(sessions::end);
    }

    @Override
    void end(HttpServletRequest request, HttpServletResponse response) {
        cookie.read(request).forEach(sessions::end);
        cookie.delete(request, response);
    }

    @Override
    Optional<String> idToken(HttpServletRequest request, HttpServletResponse response) {
        return find(request).map(Found::profile).map(OidcProfile::getIdTokenString);
    }

    @Override
    public Optional<Object> getTrackableSession(WebContext context) {
        return find(((JEEContext) context).getNativeRequest()).map(Found::ticket);
    }

    @Override
    public Optional<SessionStore> buildFromTrackableSession(WebContext context, Object trackableSession) {
        return trackableSession instanceof Ticket ticket
                ? Optional.of(new DetachedSession(sessions, ticket))
                : Optional.empty();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
