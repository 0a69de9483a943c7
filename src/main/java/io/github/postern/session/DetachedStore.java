package io.github.postern.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/** One session on the server, apart from any request: it is not looked at, and may be over. */
abstract class DetachedStore implements SessionStore {
    /** The session as it is kept now. */
    abstract Optional<OidcProfile> current();

    /** Keeps the session if it still lasts; one that has ended is never brought back. */
    abstract void save(OidcProfile profile);

    abstract void end();

    @Override
    public final Optional<Object> get(WebContext context, String key) {
        return switch (key) {
            case Pac4jConstants.USER_PROFILES -> current().map(BrowserSessionStore::asProfiles);
            case OidcProfileDefinition.ID_TOKEN -> current().map(OidcProfile::getIdTokenString);
            default -> Optional.empty();
        };
    }

    @Override
    public final void set(WebContext context, String key, @Nullable Object value) {
        if (key.equals(Pac4jConstants.USER_PROFILES)) {
            BrowserSessionStore.firstProfile(value).ifPresentOrElse(this::save, this::end);
        }
    }

    @Override
    public final Optional<String> getSessionId(WebContext context, boolean createSession) {
        return current().map(BrowserSessionStore::sessionId);
    }

    @Override
    public final boolean destroySession(WebContext context) {
        end();
        return true;
    }

    @Override
    public final Optional<SessionStore> buildFromTrackableSession(WebContext context, Object trackableSession) {
        return Optional.empty();
    }

    @Override
    public final boolean renewSession(WebContext context) {
        return true;
    }
}
