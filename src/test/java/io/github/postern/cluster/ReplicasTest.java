package io.github.postern.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.ClusterSettings;
import io.github.postern.config.ClusterSettings.Discovery;
import io.github.postern.config.ClusterSettings.Node;
import io.github.postern.config.SealingSecret;
import io.github.postern.testbed.Tomcat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.core.StandardService;
import org.junit.jupiter.api.Test;

final class ReplicasTest {
    private static final Instant AT = Instant.ofEpochSecond(1_800_000_000);
    private final List<Node> nodes =
            List.of(new Node("127.0.0.1", Tomcat.freePort()), new Node("127.0.0.1", Tomcat.freePort()));

    /** One replica and what it has heard. */
    private record Member(Replicas replicas, Map<String, Instant> ends) implements AutoCloseable {
        @Override
        public void close() {
            replicas.close();
        }
    }

    private Member join(int number, String secret) {
        var ends = new ConcurrentHashMap<String, Instant>();
        var key = SealingSecret.of(secret.getBytes(StandardCharsets.UTF_8));
        var settings = new ClusterSettings(Discovery.STATIC, nodes.get(number), List.of(nodes.get(1 - number)), key);
        var engine = new StandardEngine();
        engine.setName("Catalina" + number);
        engine.setService(new StandardService());
        engine.getService().setServer(new StandardServer());
        var place = new Replicas.Place(engine, Path.of("tomcat-conf"), InstantSource.system());
        return new Member(Replicas.join(settings, place, ends::put, () -> ends), ends);
    }

    private Member join(int number) {
        return join(number, "0123456789abcdef");
    }

    @Test
    void tellsTheOthersAtOnceAndWhoeverComesLaterWhenItComes() {
        try (var first = join(0)) {
            first.ends().put("sid:before", AT);
            try (var second = join(1)) {
                assertThat(second.ends()).containsEntry("sid:before", AT);
                await(() -> knows(first, second, "sub:name with blanks"));
            }
        }
    }

    private static boolean knows(Member teller, Member hearer, String key) {
        teller.replicas().tell(key, AT);
        pause(200);
        return AT.equals(hearer.ends().get(key));
    }

    @Test
    void givesTheTurnToOneAtATimeWhoeverDecides() {
        try (var first = join(0);
                var second = join(1)) {
            await(() -> sameDecider(first, second));
            IntStream.range(0, 20).forEach(i -> takeInTurns("session " + i, first, second));
        }
    }

    private static void takeInTurns(String name, Member first, Member second) {
        Optional<Runnable> turn = first.replicas().take(name);
        assertThat(turn).as(name).isPresent();
        assertThat(second.replicas().take(name)).as(name).isEmpty();
        assertThat(first.replicas().take(name)).as(name).isEmpty();
        turn.orElseThrow().run();
        await(() -> second.replicas().take(name).isPresent());
    }

    /** Whether they know each other: until then each decides by itself. */
    private static boolean sameDecider(Member first, Member second) {
        return IntStream.range(0, 8)
                .allMatch(i ->
                        first.replicas().take("probe " + i + System.nanoTime()).isPresent()
                                && first.replicas().count() == 2
                                && second.replicas().count() == 2);
    }

    @Test
    void hearsNothingFromWhoeverHasAnotherSecret() {
        try (var first = join(0);
                var stranger = join(1, "fedcba9876543210")) {
            stranger.replicas().tell("sid:forged", AT);
            pause(500);
            assertThat(first.ends()).isEmpty();
        }
    }

    @Test
    void endsATurnThatIsNotGivenBack() {
        var now = new Instant[] {AT};
        var leases = new Leases(Duration.ofSeconds(15), () -> now[0]);
        assertThat(leases.take("s", "a")).isTrue();
        now[0] = AT.plusSeconds(14);
        assertThat(leases.take("s", "b")).isFalse();
        now[0] = AT.plusSeconds(16);
        assertThat(leases.take("s", "b")).isTrue();
        leases.giveBack("s", "a");
        assertThat(leases.take("s", "c")).isFalse();
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 50; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            pause(100);
        }
        throw new AssertionError("waited in vain");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
