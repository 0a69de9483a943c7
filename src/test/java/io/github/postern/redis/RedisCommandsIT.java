package io.github.postern.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.testbed.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RedisCommandsIT {
    private static final Duration MINUTE = Sample.MINUTE;
    private static RedisServer server;
    private static Redis redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        redis = new Redis(Sample.to(server));
        Sample.await(redis, Duration.ofSeconds(30));
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @Test
    void keepsBytesForAWhile() {
        redis.set("value", new byte[] {0, -1, 10}, MINUTE);
        assertThat(redis.get("value")).hasValue(new byte[] {0, -1, 10});
        assertThat(lifetime("value")).isBetween(58_000L, 60_000L);
        assertThat(redis.get("no value")).isEmpty();
    }

    @Test
    void letsGoInTime() {
        redis.set("short", new byte[1], Duration.ofMillis(100));
        Sample.until(Duration.ofSeconds(2), () -> redis.get("short").isEmpty());
    }

    @Test
    void replacesOnlyWhatIsThere() {
        assertThat(redis.setIfPresent("absent", new byte[1], MINUTE)).isFalse();
        assertThat(redis.get("absent")).isEmpty();
        redis.set("present", new byte[1], MINUTE);
        assertThat(redis.setIfPresent("present", new byte[2], MINUTE)).isTrue();
        assertThat(redis.get("present")).hasValue(new byte[2]);
    }

    @Test
    void deletes() {
        redis.set("doomed", new byte[1], MINUTE);
        assertThat(redis.delete("doomed")).isTrue();
        assertThat(redis.delete("doomed")).isFalse();
    }

    @Test
    void letsOneClaimAKeyAndOnlyThatOneGiveItBack() {
        assertThat(redis.claim("lock", "mine", MINUTE)).isTrue();
        assertThat(redis.claim("lock", "yours", MINUTE)).isFalse();
        redis.release("lock", "yours");
        assertThat(redis.claim("lock", "yours", MINUTE)).isFalse();
        redis.release("lock", "mine");
        assertThat(redis.claim("lock", "yours", MINUTE)).isTrue();
        assertThat(lifetime("lock")).isBetween(58_000L, 60_000L);
    }

    @Test
    void knowsItsOwnClaimWhenTheFirstAnswerWasLost() {
        assertThat(redis.claim("again", "mine", MINUTE)).isTrue();
        assertThat(redis.claim("again", "mine", MINUTE)).isTrue();
    }

    @Test
    void keepsMapsThatEndToo() {
        redis.putField("map", "a", bytes("1"), MINUTE);
        redis.putField("map", "b", bytes("2"), MINUTE);
        assertThat(redis.fields("map")).containsOnlyKeys("a", "b").containsEntry("a", bytes("1"));
        redis.removeField("map", "a");
        assertThat(redis.fields("map")).containsOnlyKeys("b");
        assertThat(redis.fields("no map")).isEmpty();
        assertThat(lifetime("map")).isBetween(58_000L, 60_000L);
    }

    @Test
    void keepsMembersByScore() {
        redis.addScored("scores", "old", 1_000, MINUTE);
        redis.addScored("scores", "new", 2_000_000_000_000L, MINUTE);
        assertThat(redis.scoredFrom("scores", 1_000)).containsExactly("old", "new");
        assertThat(redis.scoredFrom("scores", 1_001)).containsExactly("new");
        redis.removeScoredBelow("scores", 1_001);
        assertThat(redis.scoredFrom("scores", 0)).containsExactly("new");
        assertThat(lifetime("scores")).isBetween(58_000L, 60_000L);
    }

    @Test
    void leavesNoThreadBehind() {
        var other = new Redis(Sample.to(server));
        Sample.await(other, Duration.ofSeconds(30));
        long before = threads();
        other.close();
        Sample.until(Duration.ofSeconds(5), () -> threads() < before);
        redis.close();
        Sample.until(Duration.ofSeconds(5), () -> threads() == 0);
        redis = new Redis(Sample.to(server));
        Sample.await(redis, Duration.ofSeconds(30));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(?:lettuce|redis|globalEvent).*"))
                .count();
    }

    private static long lifetime(String key) {
        return Long.parseLong(server.ask("PTTL", key));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
