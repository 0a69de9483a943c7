package io.github.postern.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.postern.redis.Redis;
import io.github.postern.session.KeptCodec.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds sessions in Redis by user, by name and by the provider's session. Maps under names that tell nothing, with sealed
 * values; each lives as long as the longest session in it can.
 */
final class SessionIndex {
    private static final String USER = "user";
    private static final String WHO = "who";
    private static final String PROVIDER = "sid";
    private final Redis redis;
    private final IndexNames names;
    private final Seal seal;

    SessionIndex(Redis redis, IndexNames names, Seal seal) {
        this.redis = redis;
        this.names = names;
        this.seal = seal;
    }

    /** Makes a session findable, or takes down what has changed of it. */
    void put(Kept kept, Duration lifetime) {
        KeptSession session = kept.session();
        String subject = session.subject();
        put(names.first(USER, subject), session.handle(), KeptCodec.encode(kept), lifetime);
        if (!kept.sid().isEmpty()) {
            put(names.first(PROVIDER, kept.sid()), session.handle(), subject.getBytes(UTF_8), lifetime);
        }
        for (String name : new LinkedHashSet<>(List.of(lower(session.email()), lower(session.userName())))) {
            if (!name.isEmpty()) {
                String field = names.first(USER, subject); // one for each user of that name
                put(names.first(WHO, name), field, subject.getBytes(UTF_8), lifetime);
            }
        }
    }

    /** What is known of a session. */
    Optional<Kept> get(String subject, String handle) {
        return names.all(USER, subject).stream()
                .flatMap(key -> redis.field(key, handle).flatMap(value -> open(key, value)).stream())
                .flatMap(bytes -> KeptCodec.decode(handle, bytes).stream())
                .findFirst();
    }

    /** The sessions of a user, whether or not they have ended by themselves. */
    List<Kept> of(String subject) {
        Map<String, Kept> found = new LinkedHashMap<>();
        for (String key : names.all(USER, subject)) {
            Map<String, byte[]> fields = redis.fields(key);
            fields.forEach((handle, value) -> {
                open(key, value)
                        .flatMap(bytes -> KeptCodec.decode(handle, bytes))
                        .ifPresent(kept -> found.merge(handle, kept, SessionIndex::later));
            });
        }
        return List.copyOf(found.values());
    }

    /** A changed secret gives a session a second place; the one written last has its last use. */
    private static Kept later(Kept one, Kept other) {
        return other.session().seen().isAfter(one.session().seen()) ? other : one;
    }

    /** The subjects that go by this e-mail address or user name. */
    Set<String> subjects(String name) {
        Set<String> subjects = new LinkedHashSet<>();
        for (String key : names.all(WHO, lower(name))) {
            redis.fields(key).values().forEach(value -> subject(key, value).ifPresent(subjects::add));
        }
        return subjects;
    }

    /** Our sessions of one session at the provider: for each handle the subject. */
    Map<String, String> ofProvider(String sid) {
        Map<String, String> sessions = new LinkedHashMap<>();
        for (String key : names.all(PROVIDER, sid)) {
            redis.fields(key)
                    .forEach(
                            (handle, value) -> subject(key, value).ifPresent(subject -> sessions.put(handle, subject)));
        }
        return sessions;
    }

    /** Forgets a session; the names of its user remain, as others may go by them. */
    void remove(String subject, String handle) {
        List<String> sids = new ArrayList<>();
        for (String key : names.all(USER, subject)) {
            redis.field(key, handle)
                    .flatMap(value -> open(key, value))
                    .flatMap(bytes -> KeptCodec.decode(handle, bytes))
                    .ifPresent(kept -> sids.add(kept.sid()));
            redis.removeField(key, handle);
        }
        sids.stream().flatMap(sid -> names.all(PROVIDER, sid).stream()).forEach(key -> redis.removeField(key, handle));
    }

    private void put(String key, String field, byte[] value, Duration lifetime) {
        redis.putField(key, field, seal.seal(value, key).getBytes(US_ASCII), lifetime);
    }

    private Optional<String> subject(String key, byte[] value) {
        return open(key, value).map(bytes -> new String(bytes, UTF_8));
    }

    private Optional<byte[]> open(String key, byte[] value) {
        return seal.open(new String(value, US_ASCII), key);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
