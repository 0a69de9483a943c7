package io.github.postern.session;

import io.github.postern.config.CookieSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * pac4j's session in sealed cookies; nothing is kept on this side.
 *
 * <p>{@link Pac4jConstants#USER_PROFILES} is the session itself, a map with one {@link OidcProfile}. {@code id_token} is
 * the ID token of that session (read only). Every other key belongs to the trip to the provider that the request's
 * {@code state} names; setting {@code stateKey} begins a trip, setting it to null ends it.
 */
public final class CookieSessionStore implements SessionStore {
    private static final String BEGUN = CookieSessionStore.class.getName() + ".begun";
    private static final String RETURNING = CookieSessionStore.class.getName() + ".returning";
    private final SessionCookies sessions;
    private final IdTokenCookie idTokens;
    private final LoginCookies logins;
    private final String stateKey;
    private final boolean idTokenInSession;

    private CookieSessionStore(
            SessionCookies sessions,
            IdTokenCookie idTokens,
            LoginCookies logins,
            String stateKey,
            boolean idTokenInSession) {
        this.sessions = sessions;
        this.idTokens = idTokens;
        this.logins = logins;
        this.stateKey = stateKey;
        this.idTokenInSession = idTokenInSession;
    }

    /**
     * A store that writes cookies as the settings say.
     *
     * @param seal what opens and closes them
     * @param userHost the host in the user's address bar, without port
     * @param uses where the cookies are needed
     * @param clock now
     */
    public static CookieSessionStore of(
            CookieSettings settings,
            Seal seal,
            Function<HttpServletRequest, String> userHost,
            Uses uses,
            InstantSource clock) {
        var session = new SealedCookie(settings, userHost, settings.path(), settings.sameSite());
        var login = new SealedCookie(settings, userHost, settings.path(), settings.loginSameSite());
        var tokens = new SealedCookie(settings, userHost, uses.prefix(), settings.sameSite());
        return new CookieSessionStore(
                new SessionCookies(
                        seal, session, new SessionCookies.Name(settings.name(), uses.idTokenOnChecks()), clock),
                new IdTokenCookie(seal, tokens, settings.name()),
                new LoginCookies(seal, login, settings, clock),
                uses.stateKey(),
                uses.idTokenOnChecks());
    }

    /**
     * Where the cookies are needed.
     *
     * @param prefix the path of our own endpoints
     * @param stateKey pac4j's key for the {@code state} of a login
     * @param idTokenOnChecks whether every check needs the ID token
     */
    public record Uses(String prefix, String stateKey, boolean idTokenOnChecks) {}

    @Override
    public Optional<Object> get(WebContext context, String key) {
        return switch (key) {
            case Pac4jConstants.USER_PROFILES -> session(context).map(CookieSessionStore::asProfiles);
            case OidcProfileDefinition.ID_TOKEN -> idToken(context);
            default -> Optional.ofNullable(returning(context).get(key));
        };
    }

    private static Map<String, OidcProfile> asProfiles(OidcProfile profile) {
        Map<String, OidcProfile> profiles = new LinkedHashMap<>();
        profiles.put("oidc", profile);
        return profiles;
    }

    /** A session cookie that opens nothing is taken away at once, so that the browser does not send it for ever. */
    private Optional<OidcProfile> session(WebContext context) {
        HttpServletRequest request = request(context);
        Optional<OidcProfile> profile = sessions.read(request);
        if (profile.isEmpty()) {
            sessions.delete(request, response(context));
        }
        return profile;
    }

    private Optional<Object> idToken(WebContext context) {
        HttpServletRequest request = request(context);
        return sessions.read(request)
                .flatMap(profile -> Optional.<Object>ofNullable(profile.getIdTokenString())
                        .or(() -> idTokens.read(request, sessionId(profile))));
    }

    @Override
    public void set(WebContext context, String key, @Nullable Object value) {
        if (key.equals(Pac4jConstants.USER_PROFILES)) {
            setSession(context, value);
            return;
        }
        if (key.equals(stateKey) && value == null) {
            logins.delete(request(context), response(context), state(context));
            return;
        }
        if (value != null) {
            begin(context, key, value.toString());
        }
    }

    /** A trip begins empty, whatever {@code state} the request itself carries. */
    private void begin(WebContext context, String key, String value) {
        HttpServletRequest request = request(context);
        Map<String, String> begun = trip(request, BEGUN).orElseGet(LinkedHashMap::new);
        begun.put(key, value);
        request.setAttribute(BEGUN, begun);
        Optional.ofNullable(begun.get(stateKey))
                .ifPresent(state -> logins.write(request, response(context), state, begun));
    }

    private void setSession(WebContext context, @Nullable Object value) {
        if (value instanceof Map<?, ?> profiles
                && profiles.values().stream().findFirst().orElse(null) instanceof OidcProfile profile) {
            save(context, profile);
        } else {
            sessions.delete(request(context), response(context));
            idTokens.delete(request(context), response(context));
        }
    }

    private void save(WebContext context, OidcProfile profile) {
        // first, because a session that does not fit must leave nothing behind
        sessions.write(request(context), response(context), profile);
        String idToken = profile.getIdTokenString();
        if (idToken != null && !idTokenInSession) {
            var kept = new IdTokenCookie.Kept(idToken, sessions.remaining(profile));
            idTokens.write(request(context), response(context), sessionId(profile), kept);
        }
    }

    /** The values that the cookie named by the request's {@code state} holds; opened once per request. */
    private Map<String, String> returning(WebContext context) {
        HttpServletRequest request = request(context);
        return trip(request, RETURNING).orElseGet(() -> {
            Map<String, String> read = logins.read(request, state(context));
            request.setAttribute(RETURNING, read);
            return read;
        });
    }

    @SuppressWarnings("unchecked")
    private static Optional<Map<String, String>> trip(HttpServletRequest request, String attribute) {
        return Optional.ofNullable((Map<String, String>) request.getAttribute(attribute));
    }

    private static String state(WebContext context) {
        return context.getRequestParameter("state").orElse("");
    }

    @Override
    public Optional<String> getSessionId(WebContext context, boolean createSession) {
        return sessions.read(request(context)).map(CookieSessionStore::sessionId);
    }

    private static String sessionId(OidcProfile profile) {
        return String.valueOf(profile.getAttribute(JwtClaims.JWT_ID));
    }

    @Override
    public boolean destroySession(WebContext context) {
        HttpServletRequest request = request(context);
        HttpServletResponse response = response(context);
        sessions.delete(request, response);
        idTokens.delete(request, response);
        logins.deleteAll(request, response);
        return true;
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

    /** Every write seals a session anew; there is no identifier that could be fixed. */
    @Override
    public boolean renewSession(WebContext context) {
        return true;
    }

    private static HttpServletRequest request(WebContext context) {
        return ((JEEContext) context).getNativeRequest();
    }

    private static HttpServletResponse response(WebContext context) {
        return ((JEEContext) context).getNativeResponse();
    }
}
