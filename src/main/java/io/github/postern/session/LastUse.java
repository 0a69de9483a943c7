package io.github.postern.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * When sessions in cookies were used last: what the cookie says, or what this replica remembers where that is later, because a
 * proxy may keep new cookies from the browser. Bounded; each replica has its own.
 */
final class LastUse {
    private static final int MOST = 200_000;
    private final Idle idle;
    private final InstantSource clock;
    private final Optional<Cache<String, Instant>> seen;

    LastUse(Idle idle, InstantSource clock) {
        this.idle = idle;
        this.clock = clock;
        this.seen = idle.isOn() ? Optional.of(memory(idle, clock)) : Optional.empty();
    }

    private static Cache<String, Instant> memory(Idle idle, InstantSource clock) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(idle.timeout())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** Whether the session is still in use; from now on it was used now. */
    boolean isRecent(OidcProfile profile) {
        return seen.isEmpty() || isRecent(profile, seen.get());
    }

    private boolean isRecent(OidcProfile profile, Cache<String, Instant> memory) {
        String session = String.valueOf(profile.getAttribute(JwtClaims.JWT_ID));
        Instant now = clock.instant();
        Instant told = told(profile);
        Instant remembered = memory.getIfPresent(session);
        Instant last = remembered == null || told.isAfter(remembered) ? told : remembered;
        if (idle.ended(last, now)) {
            return false;
        }
        if (remembered == null || idle.isWorthANote(remembered, now)) {
            memory.put(session, now);
        }
        return true;
    }

    /** Whether the browser should be told that it used the session now. */
    boolean isWorthACookie(OidcProfile profile) {
        return idle.isWorthACookie(told(profile), clock.instant());
    }

    /** The session with a note of its use now, for the browser; what was given stays as it is: others may be reading it. */
    OidcProfile noted(OidcProfile profile) {
        return idle.isOn()
                ? BrowserSessionStore.with(
                        profile, ProfileCodec.SEEN, clock.instant().getEpochSecond())
                : profile;
    }

    private static Instant told(OidcProfile profile) {
        return profile.getAttribute(ProfileCodec.SEEN) instanceof Number seconds
                ? Instant.ofEpochSecond(seconds.longValue())
                : Instant.EPOCH;
    }
}
