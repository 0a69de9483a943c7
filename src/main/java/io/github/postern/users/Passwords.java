package io.github.postern.users;

import io.github.bucket4j.TimeMeter;
import io.github.postern.config.PasswordFile;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a password is somebody's. bcrypt is slow on purpose, so what was found out is remembered for a while, the same
 * question is looked into once at a time, half of the machine looks into passwords at most, and guesses are counted.
 */
public final class Passwords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_QUEUED = 16;
    private static final int MOST_WAITING = 64;

    private final Supplier<PasswordFile> file;
    private final SecureRandom random;
    private final Guesses guesses;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final ExecutorService workers;
    private volatile Memory memory;

    /**
     * @param file who has which password, now and from now on
     * @param random where keys come from
     */
    public Passwords(Supplier<PasswordFile> file, SecureRandom random) {
        this(file, random, TimeMeter.SYSTEM_MILLISECONDS);
    }

    Passwords(Supplier<PasswordFile> file, SecureRandom random, TimeMeter clock) {
        this.file = file;
        this.random = random;
        this.guesses = new Guesses(clock);
        this.memory = new Memory(file.get(), random);
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.workers =
                new ThreadPoolExecutor(half, half, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_QUEUED), task -> {
                    var thread = new Thread(task, "postern-passwords");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whether somebody of this name has a password. */
    public boolean know(String name) {
        return file.get().lists(name);
    }

    /** The name as a log may hold it: some programs send a key or a token where a name belongs. */
    public String nameForLog(String name) {
        return know(name) ? name : "unknown";
    }

    /**
     * Whether the password is this person's.
     *
     * @param client the address the question comes from, if it is known
     */
    public Answer check(Attempt attempt, Optional<String> client) {
        if (!attempt.isPossible()) {
            return Answer.WRONG;
        }
        Memory now = memory();
        String key = now.key(attempt);
        Optional<Answer> known = now.known(key);
        if (known.isPresent() && !known.get().isRight()) {
            return known.get();
        }
        // whoever may not guess is not told of a right one either, remembered or just being looked into
        Duration delay = guesses.delay(attempt.name(), client);
        if (!delay.isZero()) {
            return Answer.tooOften(delay);
        }
        known.ifPresent(right -> guesses.succeeded(attempt.name(), client));
        return known.orElseGet(() -> find(now, key, attempt, client));
    }

    /** What was found out by an older version of the file is forgotten with it. */
    private Memory memory() {
        PasswordFile current = file.get();
        Memory known = memory;
        if (!known.isOf(current)) {
            known = new Memory(current, random);
            memory = known;
        }
        return known;
    }

    private Answer find(Memory now, String key, Attempt attempt, Optional<String> client) {
        if (!waiting.tryAcquire()) {
            return Answer.BUSY;
        }
        try {
            return now.answers()
                    .get(key, (same, executor) -> begin(now, attempt, client))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            return Answer.BUSY;
        } catch (TooOften e) {
            return Answer.tooOften(e.delay);
        } catch (ExecutionException e) {
            LOG.error("A password could not be looked into", e);
            return Answer.BUSY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.BUSY;
        } finally {
            waiting.release();
        }
    }

    /** Runs once for all who ask the same at the same time. */
    private CompletableFuture<Answer> begin(Memory now, Attempt attempt, Optional<String> client) {
        Guesses.Turn turn = guesses.take(attempt.name(), client);
        if (!turn.isGranted()) {
            throw new TooOften(turn.delay());
        }
        try {
            return CompletableFuture.supplyAsync(() -> now.find(attempt), workers)
                    .thenApply(answer -> counted(answer, attempt.name(), client, turn));
        } catch (RejectedExecutionException e) {
            turn.giveBack();
            throw e;
        }
    }

    private Answer counted(Answer answer, String name, Optional<String> client, Guesses.Turn turn) {
        if (answer.isRight()) {
            turn.giveBack();
            guesses.succeeded(name, client);
        }
        return answer;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    /** Thrown and not answered, because every answer takes the place of a remembered one. */
    private static final class TooOften extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Duration delay;

        TooOften(Duration delay) {
            super("too many attempts", null, false, false);
            this.delay = delay;
        }
    }
}
