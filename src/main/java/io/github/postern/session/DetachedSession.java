package io.github.postern.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * One session by its ticket, when its request may be over: reads what is kept now, not a moment ago, and brings no session
 * back that has ended.
 */
final class DetachedSession implements SessionStore {
    private final ServerSessions sessions;
    private final Ticket ticket;

    DetachedSession(ServerSessions sessions, Ticket ticket) {
        this.sessions = sessions;
        this.ticket = ticket;
    }

    @Override
    public Optional<Object> get(WebContext context, String key) {
        return switch (key) {
            case Pac4jConstants.USER_PROFILES -> sessions.current(ticket).map(BrowserSessionStore::asProfiles);
            case OidcProfileDefinition.ID_TOKEN -> sessions.current(ticket).map(OidcProfile::getIdTokenString);
            default -> Optional.empty();
        };
    }

    @Override
    public void set(WebContext context, String key, @Nullable Object value) {
        if (!key.equals(Pac4jConstants.USER_PROFILES)) {
            return;
        }
        Optional<OidcProfile> profile = BrowserSessionStore.firstProfile(value);
        if (profile.isPresent()) {
            sessions.renew(ticket, profile.get());
        } else {
            sessions.end(ticket);
        }
    }

    @Override
    public Optional<String> getSessionId(WebContext context, boolean createSession) {
        return sessions.current(ticket).map(BrowserSessionStore::sessionId);
    }

    @Override
    public boolean destroySession(WebContext context) {
        sessions.end(ticket);
        return true;
    }

    @Override
    public Optional<Object> getTrackableSession(WebContext context) {
        return Optional.of(ticket);
    }

    @Override
    public Optional<SessionStore> buildFromTrackableSession(WebContext context, Object trackableSession) {
        return Optional.empty();
    }

    @Override
    public boolean renewSession(WebContext context) {
        return true;
    }
}
