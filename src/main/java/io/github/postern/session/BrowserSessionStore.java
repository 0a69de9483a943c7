package io.github.postern.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * What our session stores have in common: pac4j's keys, and the trips to the provider.
 *
 * <p>{@link Pac4jConstants#USER_PROFILES} is the session itself, a map with one {@link OidcProfile}; setting it to null ends
 * the session. {@code id_token} is the ID token of that session (read only). Every other key belongs to the trip to the
 * provider that the request's {@code state} names; see {@link Trips}.
 *
 * <p>Every method throws {@link org.pac4j.core.exception.TechnicalException} when what keeps the sessions cannot be reached:
 * then it is not known who is asking, which is something else than nobody.
 */
abstract class BrowserSessionStore implements SessionStore {
    private final Trips trips;

    BrowserSessionStore(Trips trips) {
        this.trips = trips;
    }

    /** The session that the browser's cookie stands for. A cookie that stands for none is taken away. */
    abstract Optional<OidcProfile> read(HttpServletRequest request, HttpServletResponse response);

    /**
     * Keeps a session: a new one, or the browser's own, renewed. Which of the two is told by {@link JwtClaims#JWT_ID}, the
     * session's id.
     *
     * @throws IllegalArgumentException when it is too large to be kept
     */
    abstract void write(HttpServletRequest request, HttpServletResponse response, OidcProfile profile);

    /** Ends the session: no cookie that stands for it is good any more, as far as this kind of store can bring that about. */
    abstract void end(HttpServletRequest request, HttpServletResponse response);

    /** The ID token of the session, where one was kept. */
    abstract Optional<String> idToken(HttpServletRequest request, HttpServletResponse response);

    @Override
    public final Optional<Object> get(WebContext context, String key) {
        return switch (key) {
            case Pac4jConstants.USER_PROFILES ->
                read(request(context), response(context)).map(BrowserSessionStore::asProfiles);
            case OidcProfileDefinition.ID_TOKEN ->
                idToken(request(context), response(context)).map(Object.class::cast);
            default -> trips.get(context, key);
        };
    }

    @Override
    public final void set(WebContext context, String key, @Nullable Object value) {
        if (!key.equals(Pac4jConstants.USER_PROFILES)) {
            trips.set(context, key, value);
            return;
        }
        Optional<OidcProfile> profile = firstProfile(value);
        if (profile.isPresent()) {
            write(request(context), response(context), profile.get());
        } else {
            end(request(context), response(context));
        }
    }

    /** As pac4j keeps a session: by the name of the client it came from. */
    static Map<String, OidcProfile> asProfiles(OidcProfile profile) {
        Map<String, OidcProfile> profiles = new LinkedHashMap<>();
        profiles.put("oidc", profile);
        return profiles;
    }

    static Optional<OidcProfile> firstProfile(@Nullable Object value) {
        return value instanceof Map<?, ?> profiles
                        && profiles.values().stream().findFirst().orElse(null) instanceof OidcProfile profile
                ? Optional.of(profile)
                : Optional.empty();
    }

    @Override
    public final Optional<String> getSessionId(WebContext context, boolean createSession) {
        return read(request(context), response(context)).map(BrowserSessionStore::sessionId);
    }

    static String sessionId(OidcProfile profile) {
        return String.valueOf(profile.getAttribute(JwtClaims.JWT_ID));
    }

    /** How long a session lasts from now on; zero for one that ends with the browser. */
    static Duration remaining(OidcProfile profile, InstantSource clock) {
        long ends = ProfileCodec.time(profile, JwtClaims.EXPIRATION_TIME);
        return ends == 0
                ? Duration.ZERO
                : Duration.ofSeconds(Math.max(1, ends - clock.instant().getEpochSecond()));
    }

    /** The session with one attribute more; what was given stays as it is, because others may be reading it. */
    static OidcProfile with(OidcProfile profile, String name, Object value) {
        var whole = new OidcProfile();
        whole.setId(profile.getId());
        whole.addAttributes(profile.getAttributes());
        whole.addAttribute(name, value);
        return whole;
    }

    /** Ends the session and every trip of this browser. */
    @Override
    public final boolean destroySession(WebContext context) {
        end(request(context), response(context));
        trips.deleteAll(context);
        return true;
    }

    /** A new session never gets the identifier of an old one, so there is nothing to renew. */
    @Override
    public final boolean renewSession(WebContext context) {
        return true;
    }

    private static HttpServletRequest request(WebContext context) {
        return ((JEEContext) context).getNativeRequest();
    }

    private static HttpServletResponse response(WebContext context) {
        return ((JEEContext) context).getNativeResponse();
    }
}
