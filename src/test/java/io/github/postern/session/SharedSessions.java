package io.github.postern.session;

import io.github.postern.config.CookieSettings;
import io.github.postern.config.SealingSecret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;

/** Sessions kept on a server that several replicas of one test share; the cookie {@code session} holds the session's id. */
public final class SharedSessions {
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final ProfileCodec codec = new ProfileCodec();
    private volatile boolean away;
    private volatile boolean readOnly;

    /** What one replica sees of them. */
    public SessionStore store() {
        return new Store();
    }

    /** Nobody can be reached any more, or again. */
    public void away(boolean now) {
        away = now;
    }

    /** Nothing can be saved any more, or again. */
    public void readOnly(boolean now) {
        readOnly = now;
    }

    public void put(OidcProfile profile) {
        kept.put(BrowserSessionStore.sessionId(profile), codec.encode(profile, true));
    }

    public Optional<OidcProfile> find(String session) {
        if (away) {
            throw new TechnicalException("the store is away");
        }
        return Optional.ofNullable(kept.get(session)).flatMap(codec::decode);
    }

    public void end(String session) {
        kept.remove(session);
    }

    private void saveIfItExists(String session, OidcProfile profile) {
        if (away || readOnly) {
            throw new TechnicalException("the store takes nothing");
        }
        kept.computeIfPresent(session, (id, old) -> codec.encode(profile, true));
    }

    private final class Store extends BrowserSessionStore {
        Store() {
            super(trips());
        }

        @Override
        Optional<OidcProfile> read(HttpServletRequest request, HttpServletResponse response) {
            return find(id(request));
        }

        @Override
        void write(HttpServletRequest request, HttpServletResponse response, OidcProfile profile) {
            put(profile);
        }

        @Override
        void end(HttpServletRequest request, HttpServletResponse response) {
            SharedSessions.this.end(id(request));
        }

        @Override
        Optional<String> idToken(HttpServletRequest request, HttpServletResponse response) {
            return read(request, response).map(OidcProfile::getIdTokenString);
        }

        @Override
        public Optional<Object> getTrackableSession(WebContext context) {
            return getSessionId(context, false).map(Object.class::cast);
        }

        @Override
        public Optional<SessionStore> buildFromTrackableSession(WebContext context, Object session) {
            return Optional.of(new Detached(session.toString()));
        }

        private String id(HttpServletRequest request) {
            return SealedCookie.values(request, "session").stream().findFirst().orElse("");
        }
    }

    /** One session by itself; of the request it came with, nothing is asked any more. */
    private final class Detached implements SessionStore {
        private final String session;

        Detached(String session) {
            this.session = session;
        }

        @Override
        public Optional<Object> get(WebContext context, String key) {
            return find(session).map(BrowserSessionStore::asProfiles);
        }

        @Override
        public void set(WebContext context, String key, Object value) {
            assert key.equals(Pac4jConstants.USER_PROFILES);
            saveIfItExists(session, BrowserSessionStore.firstProfile(value).orElseThrow());
        }

        @Override
        public Optional<String> getSessionId(WebContext context, boolean create) {
            return Optional.of(session);
        }

        @Override
        public boolean destroySession(WebContext context) {
            end(session);
            return true;
        }

        @Override
        public Optional<Object> getTrackableSession(WebContext context) {
            return Optional.of(session);
        }

        @Override
        public Optional<SessionStore> buildFromTrackableSession(WebContext context, Object trackable) {
            return Optional.of(this);
        }

        @Override
        public boolean renewSession(WebContext context) {
            return true;
        }
    }

    private static Trips trips() {
        var secret = SealingSecret.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        var settings = new CookieSettings(
                "s",
                List.of(secret),
                List.of(),
                "/",
                true,
                true,
                "Lax",
                Duration.ofHours(1),
                Duration.ZERO,
                Duration.ofMinutes(15),
                8,
                "Lax",
                Duration.ZERO);
        var uses = new CookieSessionStore.Uses(request -> "app", "/oauth2", "state", false);
        return CookieSessionStore.trips(
                settings, new Seal(List.of(secret), "test", new SecureRandom()), uses, InstantSource.system());
    }
}
