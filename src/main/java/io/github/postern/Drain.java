package io.github.postern;

import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.Server;

/**
 * The time between the word that the server is to end and its end: requests are answered as ever, but the readiness probe says no,
 * so that proxies send theirs elsewhere before the port closes.
 */
final class Drain implements LifecycleListener, AutoCloseable {
    private final Optional<Server> server;
    private final Duration delay;
    private volatile boolean begun;

    private Drain(Optional<Server> server, Duration delay) {
        this.server = server;
        this.delay = delay;
    }

    /** @param delay how long it takes; with none, the server is not touched */
    static Drain of(ServletContext context, Duration delay) {
        Optional<Server> server = delay.isZero()
                ? Optional.empty()
                : Optional.of(Surroundings.of(context).server());
        var drain = new Drain(server, delay);
        server.ifPresent(around -> around.addLifecycleListener(drain));
        return drain;
    }

    /** For the readiness probe; empty while the server is not to end. */
    Optional<String> trouble() {
        return begun ? Optional.of("the server is about to end") : Optional.empty();
    }

    /** Tomcat waits here before it closes its ports: it tells its listeners in the thread that ends it. */
    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        if (event.getType().equals(Lifecycle.BEFORE_STOP_EVENT)) {
            begun = true;
            pause();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.ifPresent(around -> around.removeLifecycleListener(this));
    }
}
