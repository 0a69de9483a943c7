package io.github.postern.redis;

import io.github.postern.config.RedisSettings;
import io.github.postern.redis.Connector.Connection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one connection. It is made in the background, so that a Redis that is away at start keeps nothing from starting,
 * asked every half second whether it is alive, and made anew where it cannot mend itself: a server that hangs, or one
 * that the Sentinels have demoted, keeps its connections open.
 */
final class Link implements AutoCloseable {
    private static final long BEAT_MILLIS = 500;
    private static final int MISSES_BEFORE_TROUBLE = 2;
    private static final int MISSES_BEFORE_RENEWAL = 4;
    private static final long OPENING_SECONDS = 6;

    private final Connector connector;
    private final Health health;
    private final Breaker breaker;
    private final long timeoutMillis;
    private volatile Optional<Connection> connection = Optional.empty();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "redis-heart");
        thread.setDaemon(true);
        return thread;
    });
    private int misses;

    @SuppressWarnings("FutureReturnValueIgnored") // beat catches and tells what goes wrong
    Link(RedisSettings settings, Health health, Breaker breaker) {
        this.connector = Connector.to(settings);
        this.health = health;
        this.breaker = breaker;
        this.timeoutMillis = settings.timeout().toMillis();
        heart.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What can be asked now; empty while there is no connection. */
    Optional<RedisClusterAsyncCommands<String, byte[]>> commands() {
        return connection.map(Connection::commands);
    }

    /** Lets the connection go; the next beat makes another one. */
    synchronized void renew() {
        Optional<Connection> old = connection;
        connection = Optional.empty();
        old.ifPresent(Link::end);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is of no interest how that goes
    private static void end(Connection old) {
        old.whole().closeAsync();
    }

    private void beat() {
        try {
            var commands = commands();
            if (commands.isEmpty()) {
                open();
                return;
            }
            commands.get().ping().get(timeoutMillis, TimeUnit.MILLISECONDS);
            alive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // whatever it is, the heart goes on
            missed(e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what comes too late is only let go
    private void open() throws Exception {
        var opening = connector.open().toCompletableFuture();
        try {
            connection = Optional.of(opening.get(OPENING_SECONDS, TimeUnit.SECONDS));
            alive();
        } catch (TimeoutException e) {
            opening.thenAccept(Link::end);
            misses = MISSES_BEFORE_TROUBLE;
            throw e;
        }
    }

    private void alive() {
        misses = 0;
        breaker.succeeded();
        health.up();
    }

    private void missed(Exception reason) {
        if (heart.isShutdown()) {
            return; // nobody is to know how a connection ends that is closed
        }
        misses++;
        if (misses >= MISSES_BEFORE_TROUBLE || connection.isEmpty()) {
            health.down(reason);
        }
        if (misses >= MISSES_BEFORE_RENEWAL) {
            misses = 0;
            renew();
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        renew();
        connector.close();
    }
}
