package io.github.postern.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.postern.redis.Redis;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.pac4j.core.exception.TechnicalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicas with their sessions in cookies tell each other through Redis which of them have ended: one sorted set by time,
 * sealed entries, looked into every 400 ms. What could not be told while Redis was away is told when it is back.
 */
public final class SharedRevocations implements Revocations.Sharing, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRevocations.class);
    private static final long EVERY_MILLIS = 400;
    private static final int MOST_UNTOLD = 10_000;

    /** Clocks differ, and a replica may have been away from Redis when it ended something. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final Duration WITHOUT_LIFETIME = Duration.ofDays(30);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
    private static final String PURPOSE = "ended session";

    private final Redis redis;
    private final Seal seal;
    private final String key;
    private final Duration lifetime;
    private final InstantSource clock;
    private final BlockingQueue<Ending> untold = new ArrayBlockingQueue<>(MOST_UNTOLD);
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "postern-revocations");
        thread.setDaemon(true);
        return thread;
    });
    private Instant lookedAt = Instant.EPOCH;
    private volatile boolean looked;
    private Instant tidiedAt = Instant.EPOCH;

    /**
     * @param prefix what our keys in Redis begin with
     * @param lifetime how long a cookie is valid; zero means until the browser ends
     */
    public SharedRevocations(Redis redis, Seal seal, String prefix, Duration lifetime, InstantSource clock) {
        this.redis = redis;
        this.seal = seal;
        this.key = prefix + ":ended";
        this.lifetime = lifetime.isZero() ? WITHOUT_LIFETIME : lifetime;
        this.clock = clock;
    }

    /** What is not known yet, for the operator: after a start, which sessions have ended; empty once it is. */
    public Optional<String> trouble() {
        return looked ? Optional.empty() : Optional.of("Redis has not told yet which sessions have ended");
    }

    private record Ending(String key, Instant at) {}

    /** Begins to look for what others told. */
    @SuppressWarnings("FutureReturnValueIgnored") // exchange catches and tells what goes wrong
    public void start(BiConsumer<String, Instant> learner) {
        background.scheduleWithFixedDelay(() -> exchange(learner), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void tell(String ended, Instant at) {
        if (!untold.offer(new Ending(ended, at))) {
            LOG.warn("Redis has been away for long: the other replicas will not learn of every sign-out.");
        }
        try {
            background.execute(this::flush);
        } catch (RejectedExecutionException e) {
            // we are closing
        }
    }

    private void exchange(BiConsumer<String, Instant> learner) {
        try {
            flush();
            look(learner);
            tidy();
        } catch (TechnicalException e) {
            // told by whoever asks Redis; the next time will do
        } catch (RuntimeException e) {
            LOG.error("Telling other replicas of sign-outs failed", e);
        }
    }

    private void flush() {
        for (Ending next = untold.peek(); next != null; next = untold.peek()) {
            if (!told(next)) {
                return;
            }
            untold.remove(next);
        }
    }

    private boolean told(Ending ending) {
        try {
            String text = ending.at().toEpochMilli() + " " + ending.key();
            // by the time it is told, not by that of the end: others look only at what is new
            redis.addScored(key, seal.seal(text.getBytes(UTF_8), PURPOSE), clock.millis(), lifetime);
            return true;
        } catch (TechnicalException e) {
            return false;
        }
    }

    private void look(BiConsumer<String, Instant> learner) {
        Instant now = clock.instant();
        long from = Math.max(0, lookedAt.minus(OVERLAP).toEpochMilli());
        for (String sealed : redis.scoredFrom(key, from)) {
            open(sealed).ifPresent(ending -> learner.accept(ending.key(), ending.at()));
        }
        lookedAt = now;
        looked = true;
    }

    private Optional<Ending> open(String sealed) {
        return seal.open(sealed, PURPOSE)
                .map(bytes -> new String(bytes, UTF_8).split(" ", 2))
                .filter(parts -> parts.length == 2 && parts[0].matches("\\d{1,15}"))
                .map(parts -> new Ending(parts[1], Instant.ofEpochMilli(Long.parseLong(parts[0]))));
    }

    private void tidy() {
        Instant now = clock.instant();
        if (now.isAfter(tidiedAt.plus(TIDY_EVERY))) {
            redis.removeScoredBelow(key, now.minus(lifetime).toEpochMilli());
            tidiedAt = now;
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
