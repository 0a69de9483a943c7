package io.github.postern.session;

import io.github.postern.redis.Redis;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.pac4j.core.logout.handler.SessionLogoutHandler;

/** The stores there are; the contract holds for each. */
enum StoreKind {
    COOKIE {
        @Override
        Opened open(Instant now, Redis redis) {
            var endings = new AtomicReference<SessionLogoutHandler>();
            var browser = new StoreBrowser(now, (settings, seal, uses, clock) -> {
                var revocations = new Revocations(settings.lifetime(), (key, at) -> {}, clock);
                endings.set(revocations);
                return CookieSessionStore.of(settings, seal, revocations, uses, clock);
            });
            return new Opened(browser, endings.get(), Optional.empty());
        }
    },
    REDIS {
        @Override
        Opened open(Instant now, Redis redis) {
            var store = new AtomicReference<RedisSessionStore>();
            var browser = new StoreBrowser(now, (settings, seal, uses, clock) -> {
                var means = new RedisSessionStore.Means(redis, settings::secrets, "test", new SecureRandom(), clock);
                store.set(RedisSessionStore.of(settings, uses, request -> Optional.of("203.0.113.7"), means));
                return store.get();
            });
            return new Opened(
                    browser, store.get().endings(), Optional.of(store.get().directory()));
        }
    };

    /**
     * A store ready for use.
     *
     * @param browser one that talks to it
     * @param endings what ends sessions by the provider's word
     * @param directory what finds sessions, where there is one
     */
    record Opened(StoreBrowser browser, SessionLogoutHandler endings, Optional<SessionDirectory> directory) {}

    /** @param redis for the store that needs one */
    abstract Opened open(Instant now, Redis redis);

    boolean isOnServer() {
        return this != COOKIE;
    }
}
