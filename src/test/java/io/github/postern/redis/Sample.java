package io.github.postern.redis;

import io.github.postern.config.RedisSettings;
import io.github.postern.config.RedisSettings.Login;
import io.github.postern.config.RedisSettings.Node;
import io.github.postern.config.RedisSettings.Standalone;
import io.github.postern.config.RedisSettings.Tls;
import io.github.postern.config.Secret;
import io.github.postern.testbed.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Settings for servers of tests, and a little patience. */
final class Sample {
    static final Duration TIMEOUT = Duration.ofMillis(500);
    static final Login NOBODY = new Login(Optional.empty(), Optional.empty());
    static final Duration MINUTE = Duration.ofMinutes(1);

    private Sample() {}

    static RedisSettings to(RedisServer server) {
        return to(server, NOBODY);
    }

    static RedisSettings to(RedisServer server, Login login) {
        return settings(new Standalone(new Node("127.0.0.1", server.port())), login, Optional.empty());
    }

    static RedisSettings settings(RedisSettings.Servers servers, Login login, Optional<Tls> tls) {
        return new RedisSettings(servers, login, 0, tls, TIMEOUT);
    }

    static Login login(String user, String password) {
        return new Login(Optional.of(user).filter(name -> !name.isEmpty()), Optional.of(new Secret(password)));
    }

    static List<Node> nodes(String urls) {
        return Arrays.stream(urls.split(","))
                .map(url -> new Node("127.0.0.1", Integer.parseInt(url.substring(url.lastIndexOf(':') + 1))))
                .toList();
    }

    static boolean works(Redis redis) {
        try {
            redis.set("works", new byte[1], MINUTE);
            return redis.get("works").isPresent();
        } catch (RedisAway e) {
            return false;
        }
    }

    static void await(Redis redis, Duration patience) {
        until(patience, () -> works(redis));
    }

    static void until(Duration patience, BooleanSupplier condition) {
        var end = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited for " + patience);
            }
            pause(50);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
