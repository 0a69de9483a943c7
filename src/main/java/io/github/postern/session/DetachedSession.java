package io.github.postern.session;

import java.util.Optional;
import org.pac4j.core.context.WebContext;
import org.pac4j.oidc.profile.OidcProfile;

/** A session in Redis by its ticket; read as it is kept now, not as it was a moment ago. */
final class DetachedSession extends DetachedStore {
    private final ServerSessions sessions;
    private final Ticket ticket;

    DetachedSession(ServerSessions sessions, Ticket ticket) {
        this.sessions = sessions;
        this.ticket = ticket;
    }

    @Override
    Optional<OidcProfile> current() {
        return sessions.current(ticket);
    }

    @Override
    void save(OidcProfile profile) {
        sessions.renew(ticket, profile);
    }

    @Override
    void end() {
        sessions.end(ticket);
    }

    @Override
    public Optional<Object> getTrackableSession(WebContext context) {
        return Optional.of(ticket);
    }
}
