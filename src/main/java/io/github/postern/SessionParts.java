package io.github.postern;

import io.github.postern.config.CookieSettings;
import io.github.postern.config.SealingSecrets;
import io.github.postern.config.Settings;
import io.github.postern.login.Login;
import io.github.postern.login.Turns;
import io.github.postern.redis.CallListener;
import io.github.postern.redis.Redis;
import io.github.postern.session.CookieSessionStore;
import io.github.postern.session.RedisSessionStore;
import io.github.postern.session.Revocations;
import io.github.postern.session.Seal;
import io.github.postern.session.SessionDirectory;
import io.github.postern.session.SharedRevocations;
import io.github.postern.telemetry.Metrics;
import io.github.postern.web.Places;
import jakarta.servlet.ServletContext;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.logout.handler.SessionLogoutHandler;

/**
 * What keeps sessions, as {@code session-store-type} says.
 *
 * @param store where the door and the login find them
 * @param endings ends sessions by the provider's word; its keys are {@code sid:} or {@code sub:} and the provider's id
 * @param directory finds sessions without a cookie; empty where none are kept on the server
 * @param turns lets one replica at a time renew a session
 * @param trouble why sessions cannot be kept now, for the operator; empty when they can
 * @param end stops what runs in the background
 */
record SessionParts(
        SessionStore store,
        SessionLogoutHandler endings,
        Optional<SessionDirectory> directory,
        Turns turns,
        Supplier<Optional<String>> trouble,
        Runnable end)
        implements AutoCloseable {
    /** What stores are built with. */
    record Means(
            ServletContext context,
            Places places,
            SealingSecrets secrets,
            SecureRandom random,
            InstantSource clock,
            Optional<Metrics> metrics,
            CallListener calls) {}

    static SessionParts build(Settings settings, Means means) {
        var uses = new CookieSessionStore.Uses(
                means.places()::host,
                settings.endpoints().prefix(),
                Login.STATE_KEY,
                settings.headers().authorization());
        Optional<Redis> redis = settings.store().redis().map(server -> new Redis(server, means.calls()));
        return switch (settings.store().type()) {
            case COOKIE ->
                settings.cluster()
                        .map(cluster -> new ClusterParts(settings, means, uses).cookies(cluster))
                        .orElseGet(() -> cookie(settings, means, uses, redis));
            case REDIS -> redis(settings, means, uses, redis.orElseThrow());
            case TOMCAT -> new ClusterParts(settings, means, uses).sessions();
        };
    }

    /** Replicas learn of each other's sign-outs where there is a Redis. */
    private static SessionParts cookie(
            Settings settings, Means means, CookieSessionStore.Uses uses, Optional<Redis> redis) {
        CookieSettings cookies = settings.cookies();
        var seal = new Seal(means.secrets(), Parts.context(settings), means.random());
        var shared = redis.map(
                server -> new SharedRevocations(server, seal, cookies.name(), cookies.lifetime(), means.clock()));
        Revocations.Sharing sharing = shared.isPresent() ? shared.get() : (key, at) -> {};
        var revocations = new Revocations(cookies.lifetime(), sharing, means.clock());
        means.metrics().ifPresent(metrics -> metrics.revocations(revocations::size));
        shared.ifPresent(others -> others.start(revocations::learn));
        return new SessionParts(
                CookieSessionStore.of(cookies, seal, revocations, uses, means.clock()),
                revocations,
                Optional.empty(),
                Turns.ALONE,
                () -> shared.flatMap(SharedRevocations::trouble),
                () -> {
                    shared.ifPresent(SharedRevocations::close);
                    redis.ifPresent(Redis::close);
                });
    }

    private static SessionParts redis(Settings settings, Means means, CookieSessionStore.Uses uses, Redis redis) {
        var store = RedisSessionStore.of(
                settings.cookies(),
                uses,
                means.places()::client,
                new RedisSessionStore.Means(
                        redis, means.secrets(), Parts.context(settings), means.random(), means.clock()));
        SessionDirectory directory = store.directory();
        var turns = new RedisTurns(
                redis, session -> settings.cookies().name() + ":turn:" + directory.handleOf(session), means.random());
        return new SessionParts(store, store.endings(), Optional.of(directory), turns, redis::trouble, () -> {
            store.close();
            redis.close();
        });
    }

    @Override
    public void close() {
        end.run();
    }
}
