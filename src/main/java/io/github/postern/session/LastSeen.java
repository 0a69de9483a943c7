package io.github.postern.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.AbortPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.oidc.profile.OidcProfile;

/** Takes down that a session is in use: once in a while, beside the request, and not at all where there is no time for it. */
final class LastSeen implements AutoCloseable {
    private static final int MOST_SESSIONS = 50_000;
    private static final int MOST_QUEUED = 1000;
    private static final long IDLE_SECONDS = 10;
    private final Cache<String, Boolean> lately;
    private final BiConsumer<String, OidcProfile> writer;
    private final ThreadPoolExecutor background = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_QUEUED),
            LastSeen::thread,
            new AbortPolicy());

    /** @param pause between two notes of one session's use */
    LastSeen(BiConsumer<String, OidcProfile> writer, Duration pause) {
        this.writer = writer;
        this.lately = Caffeine.newBuilder()
                .maximumSize(MOST_SESSIONS)
                .expireAfterWrite(pause)
                .build();
        background.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "postern-last-seen");
        thread.setDaemon(true);
        return thread;
    }

    /** The session is in use now. */
    void touch(String id, OidcProfile profile) {
        if (lately.getIfPresent(id) == null && lately.asMap().putIfAbsent(id, true) == null) {
            begin(id, profile);
        }
    }

    /** What cannot be taken down now is tried again with the next use. */
    private void begin(String id, OidcProfile profile) {
        try {
            background.execute(() -> write(id, profile));
        } catch (RejectedExecutionException e) {
            lately.invalidate(id);
        }
    }

    /** A session begins by being in use. */
    void begin(String id) {
        lately.put(id, true);
    }

    private void write(String id, OidcProfile profile) {
        try {
            writer.accept(id, profile);
        } catch (TechnicalException e) {
            lately.invalidate(id); // whoever keeps the sessions tells the operator
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
