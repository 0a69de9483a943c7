package io.github.postern.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.postern.Alone;
import io.github.postern.config.RedisSettings.Cluster;
import io.github.postern.config.RedisSettings.Node;
import io.github.postern.config.RedisSettings.Sentinels;
import io.github.postern.config.RedisSettings.Standalone;
import io.github.postern.config.RedisSettings.Tls;
import io.github.postern.testbed.Certificate;
import io.github.postern.testbed.RedisCluster;
import io.github.postern.testbed.RedisSentinels;
import io.github.postern.testbed.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Alone("a busy machine would fail its bounds of time")
final class RedisFaultsIT {
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(30);
    private static final long BOUND_MILLIS = Sample.TIMEOUT.toMillis() + 150;

    @Test
    void startsWhileRedisIsDownAndRecoversByItself() {
        try (var server = RedisServer.start()) {
            server.kill();
            try (var redis = new Redis(Sample.to(server))) {
                Sample.until(START, () -> Sample.isInTrouble(redis));
                assertThat(redis.trouble())
                        .hasValue("Redis at 127.0.0.1:" + server.port()
                                + " cannot be reached; start it, or correct redis-connection-url.");
                assertThat(longest(redis, 20)).isLessThan(BOUND_MILLIS);
                server.restart();
                Sample.await(redis, RECOVERY);
                Sample.until(RECOVERY, () -> redis.trouble().isEmpty());
            }
        }
    }

    @Test
    void endsEachCallInTimeWhileRedisIsStoppedAndPilesUpNoThreads() {
        try (var server = RedisServer.start();
                var redis = new Redis(Sample.to(server))) {
            Sample.await(redis, START);
            redis.set("kept", new byte[7], Sample.MINUTE);
            int before = Thread.activeCount();
            server.kill();
            assertThat(longest(redis, 300)).isLessThan(BOUND_MILLIS);
            Sample.until(RECOVERY, () -> Sample.isInTrouble(redis));
            assertThat(Thread.activeCount()).isLessThan(before + 10);
            server.restart();
            Sample.await(redis, RECOVERY);
            assertThat(redis.get("kept")).hasValue(new byte[7]);
        }
    }

    @ParameterizedTest
    @CsvSource({"paused, CLIENT", "frozen, SIGNAL"})
    void endsEachCallInTimeWhileRedisHangs(String how, String means) {
        try (var server = RedisServer.start();
                var redis = new Redis(Sample.to(server))) {
            Sample.await(redis, START);
            redis.set("kept", new byte[7], Sample.MINUTE);
            if (means.equals("CLIENT")) {
                server.ask("CLIENT", "PAUSE", "5000", "ALL");
            } else {
                server.freeze();
            }
            assertThat(longest(redis, 300)).as(how).isLessThan(BOUND_MILLIS);
            Sample.until(RECOVERY, () -> Sample.isInTrouble(redis));
            assertThat(redis.trouble().orElseThrow()).contains("does not answer within 500 ms");
            Sample.pause(3000);
            server.thaw();
            Sample.await(redis, RECOVERY);
            assertThat(redis.get("kept")).hasValue(new byte[7]);
        }
    }

    @Test
    void followsTheSentinelsWhenThePrimaryIsKilledOrHangs() {
        try (var sentinels = RedisSentinels.start();
                var redis = new Redis(Sample.settings(
                        new Sentinels(RedisSentinels.NAME, Sample.nodes(sentinels.urls()), Sample.NOBODY),
                        Sample.NOBODY,
                        Optional.empty()))) {
            Sample.await(redis, START);
            redis.set("kept", new byte[7], Sample.MINUTE);
            var first = sentinels.primary();
            Sample.pause(300);
            first.kill();
            Sample.await(redis, Duration.ofSeconds(8));
            assertThat(redis.get("kept")).hasValue(new byte[7]);
            first.restart();
            Sample.until(Duration.ofSeconds(40), sentinels::isWhole);
            redis.set("kept", new byte[8], Sample.MINUTE);
            Sample.pause(300);
            var second = sentinels.primary();
            second.freeze();
            Sample.await(redis, Duration.ofSeconds(12));
            second.thaw();
            assertThat(redis.get("kept")).hasValue(new byte[8]);
        }
    }

    @Test
    void followsAClusterWhoseNodeIsKilled() {
        try (var cluster = RedisCluster.start();
                var redis = new Redis(
                        Sample.settings(new Cluster(Sample.nodes(cluster.urls())), Sample.NOBODY, Optional.empty()))) {
            Sample.await(redis, START);
            Sample.until(START, () -> allKept(redis));
            Sample.pause(300);
            cluster.primaryOf("kept-0").kill();
            Sample.until(START, () -> allThere(redis));
            redis.set("kept-0", new byte[8], Sample.MINUTE);
            assertThat(redis.get("kept-0")).hasValue(new byte[8]);
        }
    }

    private static boolean allKept(Redis redis) {
        try {
            for (int number = 0; number < 50; number++) {
                redis.set("kept-" + number, new byte[7], Sample.MINUTE);
            }
            return true;
        } catch (RedisAway e) {
            return false;
        }
    }

    private static boolean allThere(Redis redis) {
        try {
            for (int number = 0; number < 50; number++) {
                assertThat(redis.get("kept-" + number)).hasValue(new byte[7]);
            }
            return true;
        } catch (RedisAway e) {
            return false;
        }
    }

    @Test
    void looksForTheNextServerWhenItsOwnTakesNoMoreWrites() {
        try (var server = RedisServer.start();
                var redis = new Redis(Sample.to(server))) {
            Sample.await(redis, START);
            server.ask("REPLICAOF", "127.0.0.1", "1");
            assertThatThrownBy(() -> redis.set("x", new byte[1], Sample.MINUTE)).isInstanceOf(RedisAway.class);
            server.ask("REPLICAOF", "NO", "ONE");
            Sample.await(redis, RECOVERY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "right, '', sesame, ''",
        "wrong, '', wrong, 'refuses our password; check redis-password and redis-username.'",
        "none, '', '', 'refuses our password; check redis-password and redis-username.'",
        "user, sessions, open, ''",
        "wrong user, nobody, open, 'refuses our password; check redis-password and redis-username.'"
    })
    void saysWhichPasswordIsWrong(String what, String user, String password, String trouble) {
        try (var server = RedisServer.start("requirepass sesame", "user sessions on >open ~* +@all");
                var redis = new Redis(
                        Sample.to(server, password.isEmpty() ? Sample.NOBODY : Sample.login(user, password)))) {
            if (trouble.isEmpty()) {
                Sample.await(redis, START);
                return;
            }
            Sample.until(START, () -> Sample.isInTrouble(redis));
            assertThat(redis.trouble()).as(what).hasValue("Redis at 127.0.0.1:" + server.port() + " " + trouble);
            assertThat(Sample.works(redis)).isFalse();
        }
    }

    @Test
    void tellsNotPermittedFromAway() {
        try (var server = RedisServer.start("user sessions on >open ~* +ping +get");
                var redis = new Redis(Sample.to(server, Sample.login("sessions", "open")))) {
            Sample.until(START, () -> gets(redis));
            for (int time = 0; time < 10; time++) {
                assertThatThrownBy(() -> redis.set("x", new byte[1], Sample.MINUTE))
                        .isInstanceOf(RedisAway.class)
                        .hasMessageContaining("NOPERM");
            }
            assertThat(redis.get("x")).as("what is permitted goes on").isEmpty();
        }
    }

    @Test
    void needsNoMorePermissionsThanTheDocsList() throws IOException {
        String user = Files.readAllLines(Path.of("docs", "redis.md")).stream()
                .filter(line -> line.startsWith("user postern on >PASSWORD"))
                .findFirst()
                .orElseThrow();
        try (var server = RedisServer.start(user, "user default off");
                var redis = new Redis(Sample.to(server, Sample.login("postern", "PASSWORD")))) {
            String key = "_oauth2_proxy:x:";
            Sample.until(START, () -> redis.trouble().isEmpty() && isSet(redis, key + "set"));
            assertThat(redis.setIfPresent(key + "set", new byte[1], Sample.MINUTE))
                    .isTrue();
            redis.prolong(key + "set", Sample.MINUTE);
            assertThat(redis.delete(key + "set")).isTrue();
            assertThat(redis.claim(key + "lock", "token", Sample.MINUTE)).isTrue();
            redis.release(key + "lock", "token");
            redis.putField(key + "map", "field", new byte[1], Sample.MINUTE);
            assertThat(redis.field(key + "map", "field")).isPresent();
            assertThat(redis.fields(key + "map")).hasSize(1);
            redis.removeField(key + "map", "field");
            redis.addScored(key + "scores", "member", 1, Sample.MINUTE);
            assertThat(redis.scoredFrom(key + "scores", 0)).hasSize(1);
            redis.removeScoredBelow(key + "scores", 2);
            assertThatThrownBy(() -> redis.get("another's")).hasMessageContaining("NOPERM");
        }
    }

    private static boolean isSet(Redis redis, String key) {
        try {
            redis.set(key, new byte[1], Sample.MINUTE);
            return redis.get(key).isPresent();
        } catch (RedisAway e) {
            return false;
        }
    }

    private static boolean gets(Redis redis) {
        try {
            return redis.get("x").isEmpty();
        } catch (RedisAway e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "right, localhost, true, true",
        "none, localhost, true, false",
        "other, localhost, true, false",
        "right, 127.0.0.1, true, false",
        "none, 127.0.0.1, false, true"
    })
    void believesOnlyWhomAnAuthorityVouchesFor(String authority, String host, boolean verify, boolean works) {
        var own = certificate("own");
        try (var server = RedisServer.tls(own);
                var redis = new Redis(Sample.settings(
                        new Standalone(new Node(host, server.port())),
                        Sample.NOBODY,
                        Optional.of(new Tls(authority(authority, own), verify))))) {
            if (works) {
                Sample.await(redis, START);
                return;
            }
            Sample.until(START, () -> Sample.isInTrouble(redis));
            assertThat(redis.trouble().orElseThrow()).contains("certificate that is not trusted", "redis-ca-path");
            assertThat(Sample.works(redis)).isFalse();
        }
    }

    private static Optional<Path> authority(String which, Certificate own) {
        return switch (which) {
            case "right" -> Optional.of(own.chain());
            case "other" -> Optional.of(certificate("other").chain());
            default -> Optional.empty();
        };
    }

    private static Certificate certificate(String folder) {
        return Certificate.create(
                "localhost", Path.of("target", "redis", folder).toAbsolutePath());
    }

    /** The longest of so many calls, made by a hundred threads at once. */
    private static long longest(Redis redis, int calls) {
        var threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<Long>> times = new ArrayList<>();
            for (int call = 0; call < calls; call++) {
                times.add(threads.submit(() -> millis(redis)));
            }
            long longest = 0;
            for (var time : times) {
                longest = Math.max(longest, time.get());
            }
            return longest;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long millis(Redis redis) {
        long begun = System.nanoTime();
        try {
            redis.get("kept");
        } catch (RedisAway e) {
            // that is the point
        }
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
