package io.github.postern.security;

import io.github.postern.testbed.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** Two replicas that keep sessions in one Redis. */
final class RedisReplicasIT extends TwoReplicas {
    private final RedisServer redis = RedisServer.start();

    @Override
    Fleet replicas() {
        return Fleet.start(
                Map.of("OAUTH2_PROXY_SESSION_STORE_TYPE", "redis", "OAUTH2_PROXY_REDIS_CONNECTION_URL", redis.url()));
    }

    @AfterAll
    @Override
    void stop() {
        super.stop();
        redis.close();
    }
}
