package io.github.postern.session;

import java.util.Optional;
import org.apache.catalina.Session;
import org.pac4j.core.context.WebContext;
import org.pac4j.oidc.profile.OidcProfile;

/** One of Tomcat's sessions, by Tomcat's identifier. */
final class DetachedTomcatSession extends DetachedStore {
    private final TomcatSessions sessions;
    private final String id;

    DetachedTomcatSession(TomcatSessions sessions, String id) {
        this.sessions = sessions;
        this.id = id;
    }

    @Override
    Optional<OidcProfile> current() {
        return sessions.find(id).flatMap(session -> sessions.read(session.getSession()));
    }

    /** Nor is it kept in the place of another that has the identifier by now. */
    @Override
    void save(OidcProfile profile) {
        Optional<String> own = current().map(BrowserSessionStore::sessionId);
        if (!own.equals(Optional.of(BrowserSessionStore.sessionId(profile)))) {
            return;
        }
        try {
            sessions.find(id).ifPresent(session -> sessions.keep(session.getSession(), profile));
        } catch (IllegalStateException e) {
            // ended meanwhile
        }
    }

    @Override
    void end() {
        sessions.find(id).map(Session::getSession).ifPresent(sessions::end);
    }

    @Override
    public Optional<Object> getTrackableSession(WebContext context) {
        return Optional.of(id);
    }
}
