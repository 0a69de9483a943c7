package io.github.postern.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.postern.redis.Redis;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * Sessions in Redis, each sealed under its ticket's secret and bound to its key: who reads Redis learns nothing, even with
 * the cookie secret.
 */
final class SessionRecords {
    private static final String CONTEXT = "session record";
    private final Redis redis;
    private final String prefix;
    private final RecentRecords recent;
    private final SecureRandom random;
    private final ProfileCodec codec = new ProfileCodec();

    /** @param prefix what every key begins with */
    SessionRecords(Redis redis, String prefix, RecentRecords recent, SecureRandom random) {
        this.redis = redis;
        this.prefix = prefix;
        this.recent = recent;
        this.random = random;
    }

    /** The session as it was less than a second ago. Decoded at each call: pac4j's profiles can be changed by who has one. */
    Optional<OidcProfile> recent(Ticket ticket) {
        return recent.get(ticket, () -> stored(ticket)).flatMap(codec::decode);
    }

    /** The session as it is now. */
    Optional<OidcProfile> current(Ticket ticket) {
        return stored(ticket).flatMap(codec::decode);
    }

    private Optional<byte[]> stored(Ticket ticket) {
        return redis.get(key(ticket.id()))
                .map(bytes -> new String(bytes, US_ASCII))
                .flatMap(text -> seal(ticket).open(text, key(ticket.id())))
                .flatMap(Deflated::unpack);
    }

    void add(Ticket ticket, OidcProfile profile, Duration lifetime) {
        redis.set(key(ticket.id()), sealed(ticket, profile), lifetime);
        recent.forget(ticket.id());
    }

    /** @return false when the session has ended, and is not brought back */
    boolean replace(Ticket ticket, OidcProfile profile, Duration lifetime) {
        boolean replaced = redis.setIfPresent(key(ticket.id()), sealed(ticket, profile), lifetime);
        recent.forget(ticket.id());
        return replaced;
    }

    /** @return whether there was such a session */
    boolean remove(String id) {
        try {
            return redis.delete(key(id));
        } finally {
            recent.forget(id);
        }
    }

    /** Lets a session without an end of its own live on. */
    boolean prolong(String id, Duration lifetime) {
        return redis.prolong(key(id), lifetime);
    }

    private byte[] sealed(Ticket ticket, OidcProfile profile) {
        byte[] bytes = Deflated.pack(codec.encode(profile, true));
        return seal(ticket).seal(bytes, key(ticket.id())).getBytes(US_ASCII);
    }

    private Seal seal(Ticket ticket) {
        return new Seal(List.of(ticket.secret()), CONTEXT, random);
    }

    private String key(String id) {
        return prefix + ":session:" + id;
    }
}
