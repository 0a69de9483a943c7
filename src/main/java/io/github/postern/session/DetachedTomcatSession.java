package io.github.postern.session;

import java.util.Optional;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;

/** One of Tomcat's sessions, apart from any request: what is renewed in the background is kept here, if the session still lasts. */
final class DetachedTomcatSession implements SessionStore {
    private final TomcatSessions sessions;
    private final String id;

    DetachedTomcatSession(TomcatSessions sessions, String id) {
        this.sessions = sessions;
        this.id = id;
    }

    @Override
    public Optional<Object> get(WebContext context, String key) {
        return key.equals(Pac4jConstants.USER_PROFILES)
                ? profile().map(BrowserSessionStore::asProfiles)
                : Optional.empty();
    }

    private Optional<OidcProfile> profile() {
        return sessions.find(id).flatMap(session -> sessions.read(session.getSession()));
    }

    @Override
    public void set(WebContext context, String key, @Nullable Object value) {
        if (!key.equals(Pac4jConstants.USER_PROFILES)) {
            return;
        }
        Optional<OidcProfile> profile = BrowserSessionStore.firstProfile(value);
        if (profile.isPresent()) {
            save(profile.get());
        } else {
            destroySession(context);
        }
    }

    /** A session that has ended, or is somebody else's by now, is never brought back. */
    private void save(OidcProfile profile) {
        Optional<String> own = profile().map(BrowserSessionStore::sessionId);
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
    public Optional<String> getSessionId(WebContext context, boolean createSession) {
        return profile().map(BrowserSessionStore::sessionId);
    }

    @Override
    public boolean destroySession(WebContext context) {
        sessions.find(id).map(Session::getSession).ifPresent(sessions::end);
        return true;
    }

    @Override
    public Optional<Object> getTrackableSession(WebContext context) {
        return Optional.of(id);
    }

    @Override
    public Optional<SessionStore> buildFromTrackableSession(WebContext context, Object trackableSession) {
        return Optional.of(new DetachedTomcatSession(sessions, String.valueOf(trackableSession)));
    }

    @Override
    public boolean renewSession(WebContext context) {
        return true;
    }
}
