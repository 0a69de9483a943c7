package io.github.postern.redis;

import io.github.postern.config.RedisSettings;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Redis. Every call ends within the settings' timeout, and throws {@link RedisAway} when there was no answer; each is about
 * one key, so that a cluster can serve it.
 */
public final class Redis implements AutoCloseable {
    private static final String RELEASE =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";
    private static final String LIVE_ON =
            " if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end return 1";
    private static final String PUT_FIELD = "redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])" + LIVE_ON;
    private static final String ADD_SCORED = "redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])" + LIVE_ON;

    private final Health health;
    private final Link link;
    private final Calls calls;

    /** Begins to connect, and does not wait for it. */
    public Redis(RedisSettings settings) {
        this(settings, CallListener.NONE);
    }

    /** @param listener hears of each call */
    public Redis(RedisSettings settings, CallListener listener) {
        var breaker = new Breaker();
        this.health = new Health(settings);
        this.link = new Link(settings, health, breaker);
        this.calls = new Calls(link, breaker, health, settings.timeout(), listener);
    }

    /** What keeps Redis from answering, in one sentence; empty when it answers. */
    public Optional<String> trouble() {
        return health.trouble();
    }

    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(calls.repeatable(commands -> commands.get(key)));
    }

    public void set(String key, byte[] value, Duration lifetime) {
        calls.repeatable(commands -> commands.set(key, value, lasting(lifetime)));
    }

    /** @return false when there was nothing under the key, and still is not */
    public boolean setIfPresent(String key, byte[] value, Duration lifetime) {
        return isDone(calls.repeatable(
                commands -> commands.set(key, value, lasting(lifetime).xx())));
    }

    /**
     * Takes a key that nobody has.
     *
     * @param token whose it is; different at each call
     * @return false when somebody else has it
     */
    public boolean claim(String key, String token, Duration lifetime) {
        byte[] value = bytes(token);
        return isDone(calls.once(
                        commands -> commands.set(key, value, lasting(lifetime).nx())))
                // it was ours if the answer to a first try was lost
                || get(key).filter(now -> Arrays.equals(now, value)).isPresent();
    }

    /** Gives a claimed key back; nothing happens when it is no longer ours. */
    public void release(String key, String token) {
        script(RELEASE, key, bytes(token));
    }

    /** Lets what is under a key live this long from now. */
    public boolean prolong(String key, Duration lifetime) {
        return Boolean.TRUE.equals(calls.repeatable(commands -> commands.pexpire(key, lifetime.toMillis())));
    }

    /** @return whether there was something */
    public boolean delete(String key) {
        return isSome(calls.repeatable(commands -> commands.del(key)));
    }

    /** Puts a field into a map, and lets the whole map live this long from now at least. */
    public void putField(String key, String field, byte[] value, Duration lifetime) {
        script(PUT_FIELD, key, bytes(field), value, millis(lifetime));
    }

    public Optional<byte[]> field(String key, String field) {
        return Optional.ofNullable(calls.repeatable(commands -> commands.hget(key, field)));
    }

    public Map<String, byte[]> fields(String key) {
        Map<String, byte[]> fields = calls.repeatable(commands -> commands.hgetall(key));
        return fields == null ? Map.of() : fields;
    }

    public void removeField(String key, String field) {
        calls.repeatable(commands -> commands.hdel(key, field));
    }

    /** Adds to a sorted set, and lets the whole set live this long from now at least. */
    public void addScored(String key, String member, long score, Duration lifetime) {
        script(ADD_SCORED, key, bytes(String.valueOf(score)), bytes(member), millis(lifetime));
    }

    /** The members of a sorted set with this score or a higher one. */
    public List<String> scoredFrom(String key, long score) {
        Range<Long> range = Range.from(Range.Boundary.including(score), Range.Boundary.unbounded());
        List<byte[]> members = calls.repeatable(commands -> commands.zrangebyscore(key, range));
        return members == null
                ? List.of()
                : members.stream()
                        .map(member -> new String(member, StandardCharsets.UTF_8))
                        .toList();
    }

    /** Removes the members of a sorted set with a lower score. */
    public void removeScoredBelow(String key, long score) {
        calls.repeatable(commands -> commands.zremrangebyscore(
                key, Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(score))));
    }

    private void script(String script, String key, byte[]... arguments) {
        calls.repeatable(
                commands -> commands.<Long>eval(script, ScriptOutputType.INTEGER, new String[] {key}, arguments));
    }

    private static boolean isDone(@Nullable String answer) {
        return "OK".equals(answer);
    }

    private static boolean isSome(@Nullable Long count) {
        return count != null && count > 0;
    }

    private static SetArgs lasting(Duration lifetime) {
        return SetArgs.Builder.px(Math.max(1, lifetime.toMillis()));
    }

    private static byte[] millis(Duration lifetime) {
        return bytes(String.valueOf(Math.max(1, lifetime.toMillis())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the connection and its threads. */
    @Override
    public void close() {
        link.close();
    }
}
