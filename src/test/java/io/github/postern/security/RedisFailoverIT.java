package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.Reply;
import io.github.postern.testbed.RedisCluster;
import io.github.postern.testbed.RedisSentinels;
import io.github.postern.testbed.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The server that keeps the sessions is lost and another takes its place: no session is lost, nobody is signed out. */
final class RedisFailoverIT {
    private static final int PEOPLE = 10;
    private static final Duration FAILOVER = Duration.ofSeconds(15);

    @Test
    @DisplayName("FLT-17 a Sentinel pair whose primary is killed loses no session")
    void sentinels() {
        try (var sentinels = RedisSentinels.start()) {
            survives(
                    Map.of(
                            "REDIS_USE_SENTINEL",
                            "true",
                            "REDIS_SENTINEL_MASTER_NAME",
                            RedisSentinels.NAME,
                            "REDIS_SENTINEL_CONNECTION_URLS",
                            sentinels.urls()),
                    sentinels::primary);
        }
    }

    @Test
    @DisplayName("FLT-17 a cluster one of whose nodes is killed loses no session")
    void cluster() {
        try (var cluster = RedisCluster.start()) {
            survives(
                    Map.of("REDIS_USE_CLUSTER", "true", "REDIS_CLUSTER_CONNECTION_URLS", cluster.urls()),
                    () -> cluster.primaryOf("any"));
        }
    }

    /** Names the server that is to be killed. */
    @FunctionalInterface
    private interface Victim {
        RedisServer choose();
    }

    private static void survives(Map<String, String> servers, Victim victim) {
        var settings = new HashMap<>(servers);
        settings.put("SESSION_STORE_TYPE", "redis");
        try (var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
                var replica = Replica.start(keycloak, settings).awaitReady()) {
            List<String> sessions = IntStream.range(0, PEOPLE)
                    .mapToObj(person -> replica.signIn("alice").cookiesFor(Session.APP))
                    .toList();
            pause(); // replication is not synchronous
            victim.choose().kill();
            var end = Instant.now().plus(FAILOVER);
            while (!sessions.stream().allMatch(session -> passes(replica, session))) {
                assertThat(Instant.now()).as("served again").isBefore(end);
            }
            for (int round = 0; round < 20; round++) {
                sessions.forEach(session -> Expect.identity(replica.check(session), "alice"));
            }
            assertThat(replica.signIn("bob").cookiesFor(Session.APP)).isNotEmpty();
        }
    }

    /** Whether somebody passes; if not, it is never by being signed out. */
    private static boolean passes(Replica replica, String session) {
        Reply reply = replica.check(session);
        assertThat(reply.status()).as(reply.whole()).isIn(200, 503);
        assertThat(reply.cookies()).isEmpty();
        return reply.status() == 200;
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
