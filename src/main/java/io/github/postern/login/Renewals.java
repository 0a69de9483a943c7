package io.github.postern.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * What became of the sessions' renewals, each as long as its session lasts, so that a browser's old cookie goes on working until
 * it has the new one. In bounded memory: an eighth of what there is, the sessions used least go first.
 */
final class Renewals {
    private static final int MOST = 100_000;
    private static final int LEAST_BYTES = 1024;
    private static final Duration WITHOUT_END = Duration.ofDays(30);

    private final InstantSource clock;
    private final Cache<String, Kept> kept;

    private record Kept(Renewal renewal, Instant ends) {}

    Renewals(InstantSource clock) {
        this.clock = clock;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(Math.min(
                        (long) MOST * LEAST_BYTES * 4, Runtime.getRuntime().maxMemory() / 8))
                .weigher((String session, Kept entry) -> bytes(entry.renewal()))
                .expireAfter(Expiry.writing((String session, Kept entry) -> left(entry)))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    Optional<Renewal> of(String session) {
        return Optional.ofNullable(kept.getIfPresent(session)).map(Kept::renewal);
    }

    /** @param before the session that was to be renewed: while its cookie is good, what became of it must be known */
    void keep(String session, OidcProfile before, Renewal renewal) {
        Instant ends = renewal.profile().map(this::end).orElse(end(before));
        kept.put(session, new Kept(renewal, ends));
    }

    private Instant end(OidcProfile profile) {
        return profile.getAttribute(JwtClaims.EXPIRATION_TIME) instanceof Number seconds && seconds.longValue() > 0
                ? Instant.ofEpochSecond(seconds.longValue())
                : clock.instant().plus(WITHOUT_END);
    }

    private Duration left(Kept entry) {
        Duration left = Duration.between(clock.instant(), entry.ends());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Roughly: the texts, and as much again for what holds them. */
    private static int bytes(Renewal renewal) {
        int texts = renewal.profile()
                .map(profile -> bytes(profile.getAttributes().values()))
                .orElse(0);
        return LEAST_BYTES + 2 * texts;
    }

    private static int bytes(Collection<?> values) {
        int bytes = 0;
        for (Object value : values) {
            if (value instanceof String text) {
                bytes += text.length();
            } else if (value instanceof Collection<?> several) {
                bytes += bytes(several);
            } else if (value instanceof Map<?, ?> map) {
                bytes += bytes(map.values());
            }
        }
        return bytes;
    }
}
