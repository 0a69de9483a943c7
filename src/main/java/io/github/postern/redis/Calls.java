package io.github.postern.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for answers: never past the bound, never in more than so many threads, and not at all for a server that is away. */
final class Calls {
    private static final int MOST_WAITING = 64;
    private static final long BREATH_MILLIS = 40;

    /** Those who find everybody waiting wait this part of the bound themselves. */
    private static final int PATIENCE_FOR_A_PLACE = 5;

    private final Link link;
    private final Breaker breaker;
    private final Health health;
    private final Duration bound;
    private final CallListener listener;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    Calls(Link link, Breaker breaker, Health health, Duration bound, CallListener listener) {
        this.link = link;
        this.breaker = breaker;
        this.health = health;
        this.bound = bound;
        this.listener = listener;
    }

    /** Asks a command; as an argument, because each try needs a new one. */
    @FunctionalInterface
    interface Command<T> extends Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> {}

    /** A command that may be done twice without harm. */
    <T> @Nullable T repeatable(Command<T> command) {
        return heard(command, true);
    }

    /** A command that is done again only if it certainly was not done before. */
    <T> @Nullable T once(Command<T> command) {
        return heard(command, false);
    }

    private <T> @Nullable T heard(Command<T> command, boolean repeatable) {
        if (listener == CallListener.NONE) {
            return bounded(command, repeatable);
        }
        var named = new Named<T>(command);
        long begun = System.nanoTime();
        String result = "failed";
        try {
            T answer = bounded(named, repeatable);
            result = "ok";
            return answer;
        } finally {
            listener.called(named.name, result, System.nanoTime() - begun);
        }
    }

    /** A command that knows its name, once it was asked. */
    private static final class Named<T> implements Command<T> {
        private final Command<T> command;
        private String name = "none";

        Named(Command<T> command) {
            this.command = command;
        }

        @Override
        public RedisFuture<T> apply(RedisClusterAsyncCommands<String, byte[]> commands) {
            RedisFuture<T> future = command.apply(commands);
            if (future instanceof RedisCommand<?, ?, ?> asked) {
                name = asked.getType().toString().toLowerCase(Locale.ROOT);
            }
            return future;
        }
    }

    private <T> @Nullable T bounded(Command<T> command, boolean repeatable) {
        if (!breaker.admits()) {
            throw new RedisAway("Redis does not answer");
        }
        long end = System.nanoTime() + bound.toNanos();
        try {
            if (!places.tryAcquire(bound.toMillis() / PATIENCE_FOR_A_PLACE, TimeUnit.MILLISECONDS)) {
                throw new RedisAway("too many wait for Redis");
            }
            try {
                return patient(command, repeatable, end);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisAway("interrupted while waiting for Redis");
        }
    }

    private <T> @Nullable T patient(Command<T> command, boolean repeatable, long end) throws InterruptedException {
        try {
            return answer(command, end);
        } catch (ExecutionException e) {
            Fault fault = fault(e);
            if (fault == Fault.DENIED || (fault == Fault.LOST && !repeatable)) {
                throw away(e);
            }
        }
        TimeUnit.MILLISECONDS.sleep(Math.min(BREATH_MILLIS, bound.toMillis() / PATIENCE_FOR_A_PLACE));
        try {
            return answer(command, end);
        } catch (ExecutionException e) {
            throw away(e);
        }
    }

    private Fault fault(ExecutionException error) {
        Fault fault = Fault.of(error);
        if (fault == Fault.DEMOTED) {
            link.renew();
        }
        return fault;
    }

    private RedisAway away(ExecutionException error) {
        Throwable cause = Fault.cause(error);
        if (Fault.of(cause) == Fault.DENIED) {
            health.denied(cause);
            return new RedisAway("Redis refuses a command: " + Fault.firstWord(cause));
        }
        breaker.failed();
        return new RedisAway("Redis cannot be asked: " + cause);
    }

    private <T> @Nullable T answer(Command<T> command, long end) throws InterruptedException, ExecutionException {
        Optional<RedisClusterAsyncCommands<String, byte[]>> commands = link.commands();
        if (commands.isEmpty()) {
            breaker.failed();
            throw new RedisAway("there is no connection to Redis");
        }
        RedisFuture<T> future = command.apply(commands.get());
        try {
            T answer = future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            breaker.succeeded();
            return answer;
        } catch (TimeoutException e) {
            future.cancel(true);
            breaker.failed();
            throw new RedisAway("Redis does not answer in time");
        }
    }
}
