package io.github.postern.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sessions ended before their cookies do: by the provider's session, by the user, or one by one. Remembered until no
 * cookie written before can be valid any more, in bounded memory; asking costs a look into three maps.
 */
public final class Revocations extends Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
    private static final int MOST = 200_000;
    private static final Duration WITHOUT_LIFETIME = Duration.ofDays(30);

    /** The provider's session may end while we are being told that it began. */
    private static final Duration OVERTAKING = Duration.ofSeconds(10);

    private final Map<Kind, ConcurrentMap<String, Instant>> ended = new EnumMap<>(Kind.class);
    private final Duration lifetime;
    private final Sharing sharing;
    private final InstantSource clock;

    /** What an end is about. */
    public enum Kind {
        /** The provider's session ({@code sid}). */
        SID,
        /** Every session of a user ({@code sub}) that began before. */
        SUB,
        /** One session of ours, by its id. */
        SESSION;

        private String prefix() {
            return name().toLowerCase(Locale.ROOT) + ":";
        }
    }

    /** Tells other replicas of an end; what they tell comes in by {@link Revocations#learn}. */
    public interface Sharing {
        /**
         * To be told to the others; not reached, it is their loss only.
         *
         * @param key as {@link Revocations#learn} takes it
         */
        void tell(String key, Instant at);
    }

    /**
     * @param lifetime how long a cookie is valid; zero means until the browser ends
     * @param sharing how other replicas learn of it
     * @param clock now
     */
    public Revocations(Duration lifetime, Sharing sharing, InstantSource clock) {
        this.lifetime = lifetime.isZero() ? WITHOUT_LIFETIME : lifetime;
        this.sharing = sharing;
        this.clock = clock;
        for (Kind kind : Kind.values()) {
            ended.put(kind, new ConcurrentHashMap<>());
        }
    }

    /** Whether a session has ended, though its cookie is good. */
    public boolean ended(OidcProfile profile) {
        return endedBy(Kind.SESSION, profile.getAttribute(JwtClaims.JWT_ID), profile)
                || endedBy(Kind.SID, profile.getAttribute(ProfileCodec.SID), profile)
                || endedBy(Kind.SUB, profile.getId(), profile);
    }

    /** A session that began in the very second of the end has ended too: times are kept in seconds, and errors deny. */
    private boolean endedBy(Kind kind, Object id, OidcProfile profile) {
        ConcurrentMap<String, Instant> ends = endsOf(kind);
        if (ends.isEmpty() || !(id instanceof String text)) {
            return false;
        }
        Instant end = ends.get(text);
        Duration grace = kind == Kind.SID ? OVERTAKING : Duration.ZERO;
        return end != null
                && profile.getAttribute(JwtClaims.ISSUED_AT) instanceof Number began
                && began.longValue() <= end.plus(grace).getEpochSecond();
    }

    /**
     * Dates a session that begins now past an end in the same second, or a browser that signs in again at once would be sent to and
     * fro until the second is over.
     */
    void begin(OidcProfile profile) {
        if (endedBy(Kind.SUB, profile.getId(), profile)) {
            profile.addAttribute(
                    JwtClaims.ISSUED_AT, clock.instant().plusSeconds(1).getEpochSecond());
        }
    }

    /** Ends sessions, here and where others can be told. */
    public void end(Kind kind, String id) {
        Instant now = clock.instant();
        remember(kind, id, now);
        sharing.tell(kind.prefix() + id, now);
    }

    /**
     * Another replica ended sessions.
     *
     * @param key the kind, a colon and the id; anything else is ignored
     */
    public void learn(String key, Instant at) {
        for (Kind kind : Kind.values()) {
            if (key.startsWith(kind.prefix())) {
                remember(kind, key.substring(kind.prefix().length()), at);
            }
        }
    }

    /** How many ends are remembered. */
    public int size() {
        return ended.values().stream().mapToInt(Map::size).sum();
    }

    /** All ends that are remembered, by the keys that {@link #learn} takes; what is no longer needed is left out. */
    public Map<String, Instant> known() {
        Instant oldest = clock.instant().minus(lifetime);
        Map<String, Instant> known = new HashMap<>();
        ended.forEach((kind, ends) -> ends.forEach((id, at) -> {
            if (at.isAfter(oldest)) {
                known.put(kind.prefix() + id, at);
            }
        }));
        return known;
    }

    private void remember(Kind kind, String id, Instant at) {
        ConcurrentMap<String, Instant> ends = endsOf(kind);
        if (ends.size() >= MOST) {
            makeRoom(ends);
        }
        ends.merge(id, at, (known, now) -> now.isAfter(known) ? now : known);
    }

    private synchronized void makeRoom(ConcurrentMap<String, Instant> ends) {
        Instant oldest = clock.instant().minus(lifetime);
        ends.values().removeIf(at -> at.isBefore(oldest));
        if (ends.size() < MOST) {
            return;
        }
        LOG.warn(
                "More than {} ended sessions are remembered; the oldest are forgotten before their cookies end.", MOST);
        List<String> first = ends.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .limit(MOST / 10)
                .map(Map.Entry::getKey)
                .toList();
        first.forEach(ends::remove);
    }

    private ConcurrentMap<String, Instant> endsOf(Kind kind) {
        return java.util.Objects.requireNonNull(ended.get(kind));
    }

    @Override
    void endSid(String sid) {
        end(Kind.SID, sid);
    }

    @Override
    void endSub(String subject) {
        end(Kind.SUB, subject);
    }
}
