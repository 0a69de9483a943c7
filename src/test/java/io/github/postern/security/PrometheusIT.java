package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Request;
import io.github.postern.helm.AlertRules;
import io.github.postern.helm.Dashboard;
import io.github.postern.testbed.Prometheus;
import io.github.postern.testbed.Promtool;
import io.github.postern.testbed.RedisServer;
import io.github.postern.testbed.Tomcat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The dashboard and the alerts by a real Prometheus, beside gateways that keep sessions in the cookie, in Redis and in Tomcat. Everything
 * happened twice, and then Redis was lost.
 */
final class PrometheusIT {
    private static final String JOB = "gate";
    private static final String INTERVAL = "5m";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern SELECTOR = Pattern.compile("\\bpostern_\\w+(?:\\{[^}]*})?");
    private static final Pattern VARIABLE = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    /** Queries that may well tell 0 after such traffic; all others tell more. */
    private static final Map<String, String> STILL = Map.of(
            "faults", "Postern itself does not fail",
            "lines lost", "the output takes all of them",
            "jvm_gc_pause_seconds_sum", "collections come when they come",
            "postern_http_threads_busy", "nothing is being answered when it is asked",
            "postern_http_connections", "the suite's connections are short");

    @TempDir
    private static Path folder;

    private static FakeKeycloak keycloak;
    private static RedisServer redis;
    private static List<Integer> ports;
    private static List<Replica> gateways;
    private static Prometheus prometheus;

    @BeforeAll
    static void start() throws IOException {
        keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
        redis = RedisServer.start();
        ports = IntStream.range(0, 3).mapToObj(i -> Tomcat.freePort()).toList();
        String member = "127.0.0.1:" + Tomcat.freePort();
        gateways = List.of(
                gateway(0, Map.of()),
                gateway(1, Map.of("SESSION_STORE_TYPE", "redis", "REDIS_CONNECTION_URL", redis.url())),
                gateway(
                        2,
                        Map.of(
                                "SESSION_STORE_TYPE",
                                "tomcat",
                                "CLUSTER",
                                "static",
                                "CLUSTER_ADDRESS",
                                member,
                                "CLUSTER_MEMBERS",
                                member)));
        prometheus =
                Prometheus.start(JOB, ports, AlertRules.ofTheChart("", folder).text());
        gateways.forEach(Replica::awaitReady);
        awaitScrapes();
        for (int i = 0; i < 2; i++) {
            gateways.subList(0, 2).forEach(gateway -> new Traffic(keycloak, gateway).happens());
            awaitScrapes();
        }
        gateways.get(2).signIn("alice");
        loseRedis();
    }

    private static Replica gateway(int number, Map<String, String> store) {
        Map<String, String> settings = new HashMap<>(Traffic.SETTINGS);
        settings.putAll(store);
        settings.put("METRICS_ADDRESS", "127.0.0.1:" + ports.get(number));
        return Replica.start(keycloak, settings);
    }

    private static void loseRedis() {
        String cookies = gateways.get(1).signIn("alice").cookiesFor(Session.APP);
        redis.kill();
        Wait.until(PATIENCE, () -> gateways.get(1).check(cookies).status() == 503);
        for (int i = 0; i < 200; i++) {
            assertThat(gateways.get(1).check(cookies).status()).isEqualTo(503);
            if (i % 100 == 0) { // a series that begins with its last value never rises
                awaitScrapes();
            }
        }
        awaitScrapes();
    }

    /** Waits until each has answered twice more, so that a rate sees what happened. */
    private static void awaitScrapes() {
        double before = scrapes();
        Wait.until(PATIENCE, () -> scrapes() >= before + 2);
    }

    /** How often each gateway was read; 0 until all of them were. */
    private static double scrapes() {
        String read = "postern_build_info{job=\"" + JOB + "\"}";
        return asked("min(count_over_time(" + read + "[1h])) and on () count(" + read + ") == " + ports.size())
                .numbers()
                .stream()
                .findFirst()
                .orElse(0.0);
    }

    @AfterAll
    static void stop() {
        prometheus.close();
        gateways.forEach(Replica::close);
        redis.close();
        keycloak.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void thePanelShowsWhatHappened(Dashboard.Query query) {
        var answer = asked(query.asked(JOB, INTERVAL));
        assertThat(answer.complaint()).isEmpty();
        assertThat(answer.numbers()).isNotEmpty();
        assertThat(answer.has(query.labels()))
                .as("labels of the legend in %s", answer)
                .isTrue();
        if (!mayBeStill(query)) {
            assertThat(answer.numbers()).anyMatch(number -> number > 0);
        }
    }

    @Test
    void everyExceptionIsOne() throws IOException {
        var queries = Dashboard.read().queries();
        assertThat(STILL.keySet()).allSatisfy(word -> assertThat(queries).anyMatch(query -> isAbout(query, word)));
    }

    private static boolean mayBeStill(Dashboard.Query query) {
        return STILL.keySet().stream().anyMatch(word -> isAbout(query, word));
    }

    private static boolean isAbout(Dashboard.Query query, String word) {
        return query.expression().contains(word + "{") || query.legend().equals(word);
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void whatAnAlertLooksAtIsThere(String selector) {
        assertThat(asked(selector).numbers()).isNotEmpty();
    }

    @Test
    void theBoxesAtTheTopHaveChoices() throws IOException {
        assertThat(Dashboard.read().variables()).hasSize(3).allSatisfy(variable -> {
            var parts = VARIABLE.matcher(variable);
            assertThat(parts.matches()).isTrue();
            String all = parts.group(1).replace("$job", JOB).replace("$namespace", ".*");
            var answer = asked("group by (" + parts.group(2) + ") (" + all + ")");
            assertThat(answer.has(List.of(parts.group(2)))).as(variable).isTrue();
        });
    }

    @Test
    void everyAlertIsEvaluated() {
        assertThat(rules().values())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.path("health").asText())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    @ParameterizedTest
    @CsvSource({
        "PosternClientRefused, awake",
        "PosternNotReady, awake",
        "PosternChecksUndecided, awake",
        "PosternStoreFails, awake",
        "PosternAway, asleep",
        "PosternFaults, asleep",
        "PosternReplicasApart, asleep",
        "PosternThreadsUsedUp, asleep",
        "PosternProviderMetadataOld, asleep",
        "PosternPasswordsGuessed, asleep"
    })
    void alertsSayWhatHappened(String alert, String expected) {
        String state = rules().get(alert).path("state").asText();
        assertThat(state.equals("inactive") ? "asleep" : "awake").isEqualTo(expected);
    }

    @Test
    void namesAndTypesAreAsPrometheusWantsThem() throws IOException {
        for (int port : ports) {
            var scraped = new RawHttp(port, "127.0.0.1", (request, reply) -> {}).send(Request.get("/metrics"));
            var answer = Promtool.run(Files.writeString(folder.resolve("scraped"), scraped.text()), "check", "metrics");
            assertThat(answer.text().lines().filter(line -> line.startsWith("postern_")))
                    .isEmpty();
            assertThat(answer.text()).doesNotContain("error while");
        }
    }

    private static Map<String, JsonNode> rules() {
        var groups = Asked.of(prometheus.get("/api/v1/rules?type=alert")).data().path("groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .collect(Collectors.toMap(rule -> rule.path("name").asText(), rule -> rule));
    }

    private static Asked asked(String expression) {
        return Asked.of(prometheus.query(expression));
    }

    static Stream<Dashboard.Query> queries() throws IOException {
        return Dashboard.read().queries().stream();
    }

    static Stream<String> selectors() throws IOException {
        return AlertRules.ofTheChart("", folder).expressions().stream()
                .flatMap(expression -> SELECTOR.matcher(expression).results().map(MatchResult::group))
                .distinct();
    }
}
