package io.github.postern.session;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.apache.catalina.ha.ClusterManager;
import org.apache.catalina.ha.ClusterMessage;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * What is in Tomcat's sessions: texts, each sealed for the one session it is in. Who reads a dump of the memory, or what replicas
 * send each other, cannot open them; who writes there can put nothing in that opens.
 */
final class TomcatSessions {
    static final String PROFILE = "postern.profile";
    static final String ID_TOKEN = "postern.idToken";
    static final String BROWSER = "postern.browser";
    private static final String SEEN = "postern.seen";

    private static final Duration WITHOUT_LIFETIME = Duration.ofDays(30);
    private final ProfileCodec codec = new ProfileCodec();
    private final Supplier<Manager> manager;
    private final Seal seal;
    private final boolean idTokenInProfile;
    private final Idle idle;
    private final Revocations revocations;
    private final InstantSource clock;

    /**
     * @param manager Tomcat's keeper of sessions
     * @param seal what opens and closes what they hold
     * @param idTokenInProfile whether every check needs the ID token
     * @param idle when an unused session ends; Tomcat itself sees to that
     * @param revocations which sessions have ended: a replica that could not be reached learns of it later
     * @param clock now
     */
    TomcatSessions(
            Supplier<Manager> manager,
            Seal seal,
            boolean idTokenInProfile,
            Idle idle,
            Revocations revocations,
            InstantSource clock) {
        this.manager = manager;
        this.seal = seal;
        this.idTokenInProfile = idTokenInProfile;
        this.idle = idle;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** The session, while it lasts; empty too when somebody ends it at this moment. */
    Optional<OidcProfile> read(HttpSession session) {
        return stored(session).filter(profile -> lasts(profile) && !revocations.ended(profile));
    }

    /** What is kept there, even if it has ended. */
    Optional<OidcProfile> stored(HttpSession session) {
        return open(session, PROFILE).flatMap(codec::decode);
    }

    private boolean lasts(OidcProfile profile) {
        long ends = ends(profile);
        return ends == 0 || clock.instant().getEpochSecond() < ends;
    }

    static long ends(OidcProfile profile) {
        return ProfileCodec.time(profile, JwtClaims.EXPIRATION_TIME);
    }

    /** A text beside the profile, such as the ID token. */
    Optional<String> text(HttpSession session, String name) {
        return open(session, name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> open(HttpSession session, String name) {
        try {
            return session.getAttribute(name) instanceof String sealed
                    ? seal.open(sealed, purpose(session, name))
                    : Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.empty(); // it has just ended
        }
    }

    /**
     * Keeps a session here and at the other replicas.
     *
     * @throws IllegalStateException if it has ended
     */
    void keep(HttpSession session, OidcProfile profile) {
        session.setMaxInactiveInterval((int) unused(profile).toSeconds());
        put(session, profile);
        share(session.getId());
    }

    private Duration unused(OidcProfile profile) {
        Duration lifetime = lifetime(profile).isZero() ? WITHOUT_LIFETIME : lifetime(profile);
        return idle.isOn() && idle.timeout().compareTo(lifetime) < 0 ? idle.timeout() : lifetime;
    }

    /** How long it lasts from now on; zero for a session that ends with the browser. */
    Duration lifetime(OidcProfile profile) {
        return BrowserSessionStore.remaining(profile, clock);
    }

    private void put(HttpSession session, OidcProfile profile) {
        session.setAttribute(PROFILE, seal.seal(codec.encode(profile, idTokenInProfile), purpose(session, PROFILE)));
        String idToken = profile.getIdTokenString();
        if (idToken != null && !idTokenInProfile) {
            put(session, ID_TOKEN, idToken);
        }
    }

    void put(HttpSession session, String name, String text) {
        session.setAttribute(name, seal.seal(text.getBytes(StandardCharsets.UTF_8), purpose(session, name)));
    }

    /** What is sealed for one session opens in no other. */
    private static String purpose(HttpSession session, String name) {
        return name + " " + session.getId();
    }

    /** Tells the other replicas that a session is in use, whose copies would end unused otherwise. */
    void seen(String id) {
        try {
            find(id).ifPresent(session -> {
                put(session.getSession(), SEEN, clock.instant().toString());
                share(id);
            });
        } catch (IllegalStateException e) {
            // ended meanwhile
        }
    }

    /** Ends a session here, and at each other replica as soon as it can be told. */
    void end(HttpSession session) {
        read(session)
                .ifPresent(
                        profile -> revocations.end(Revocations.Kind.SESSION, BrowserSessionStore.sessionId(profile)));
        try {
            session.invalidate();
        } catch (IllegalStateException e) {
            // somebody else was faster
        }
    }

    Revocations revocations() {
        return revocations;
    }

    /** All sessions that are known here and have not ended. */
    Stream<Session> all() {
        return Arrays.stream(manager.get().findSessions()).filter(Session::isValid);
    }

    Optional<Session> find(String id) {
        try {
            return Optional.ofNullable(manager.get().findSession(id)).filter(Session::isValid);
        } catch (IOException e) {
            return Optional.empty(); // only a manager that swaps sessions to disk throws it
        }
    }

    /** Other replicas get what has changed; when it returns they have it, or cannot be reached. */
    private void share(String id) {
        if (manager.get() instanceof ClusterManager shared) {
            ClusterMessage change = shared.requestCompleted(id);
            if (change != null) {
                shared.getCluster().send(change);
            }
        }
    }
}
