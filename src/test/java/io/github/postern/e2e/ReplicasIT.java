package io.github.postern.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.testbed.Browser;
import io.github.postern.testbed.Patience;
import io.github.postern.testbed.RedisServer;
import io.github.postern.testbed.Replicas;
import io.github.postern.testbed.TestBed;
import io.github.postern.testbed.Tomcat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two replicas that share their sessions, with the real Keycloak. */
@Alone("one Keycloak and one gateway serve all classes that need them")
@ParameterizedClass(name = "sessions in {0}")
@EnumSource
@ExtendWith(SharedTestBed.class)
final class ReplicasIT {
    /** Where the sessions are. */
    enum Kept {
        REDIS,
        TOMCAT
    }

    private static final Duration REFRESH = Duration.ofSeconds(2);
    private static Optional<RedisServer> redis = Optional.empty();
    private static Replicas replicas;

    @Parameter
    Kept kept;

    private final KeycloakAdmin admin;

    ReplicasIT(TestBed bed) {
        this.admin = new KeycloakAdmin(bed.keycloak());
    }

    @BeforeParameterizedClassInvocation
    static void start(Kept kept, TestBed bed) {
        replicas = bed.replicas(kept == Kept.REDIS ? inRedis() : inTomcat());
        var admin = new KeycloakAdmin(bed.keycloak());
        // the second is told, and the first must know
        admin.client(
                "backchannel.logout.url",
                replicas.get(1).uri("/oauth2/backchannel-logout").toString());
        admin.realm(Map.of("revokeRefreshToken", true, "refreshTokenMaxReuse", 0));
    }

    private static List<Map<String, String>> inRedis() {
        redis = Optional.of(RedisServer.start());
        var options = Map.of(
                "OAUTH2_PROXY_SESSION_STORE_TYPE",
                "redis",
                "OAUTH2_PROXY_REDIS_CONNECTION_URL",
                redis.get().url(),
                "OAUTH2_PROXY_COOKIE_REFRESH",
                REFRESH.toSeconds() + "s");
        return List.of(options, options);
    }

    private static List<Map<String, String>> inTomcat() {
        var members = List.of("127.0.0.1:" + Tomcat.freePort(), "127.0.0.1:" + Tomcat.freePort());
        return members.stream()
                .map(own -> Map.of(
                        "OAUTH2_PROXY_SESSION_STORE_TYPE",
                        "tomcat",
                        "OAUTH2_PROXY_CLUSTER",
                        "static",
                        "OAUTH2_PROXY_CLUSTER_ADDRESS",
                        own,
                        "OAUTH2_PROXY_CLUSTER_MEMBERS",
                        String.join(",", members),
                        "OAUTH2_PROXY_COOKIE_REFRESH",
                        REFRESH.toSeconds() + "s"))
                .toList();
    }

    @AfterParameterizedClassInvocation
    static void stop(Kept kept, TestBed bed) {
        var admin = new KeycloakAdmin(bed.keycloak());
        admin.realm(Map.of("revokeRefreshToken", false));
        admin.client("backchannel.logout.url", "");
        replicas.close();
        redis.ifPresent(RedisServer::close);
        redis = Optional.empty();
    }

    @Test
    void anAdministratorEndsAUsersSessionsOnEveryReplicaWithinASecond() throws Exception {
        var here = signIn("alice");
        var elsewhere = signIn("alice");
        var somebodyElse = signIn("bob");
        assertThat(answers(here)).containsExactly(200, 200);
        admin.signOut("alice");
        TimeUnit.SECONDS.sleep(1);
        assertThat(answers(here)).containsExactly(401, 401);
        assertThat(answers(elsewhere)).containsExactly(401, 401);
        assertThat(answers(somebodyElse)).containsExactly(200, 200);
    }

    @Test
    void tenTabsOnTwoReplicasCostOneRefreshThoughEachRefreshTokenIsGoodForOne() throws Exception {
        var browser = signIn("alice");
        for (int round = 1; round <= 2; round++) {
            admin.recordEvents();
            TimeUnit.MILLISECONDS.sleep(REFRESH.toMillis() + 1100);
            assertThat(fiftyAtOnce(browser)).containsOnly(200);
            Patience.until(Duration.ofSeconds(5), () -> admin.events("REFRESH_TOKEN") > 0);
            assertThat(admin.events("REFRESH_TOKEN")).as("round " + round).isEqualTo(1);
            assertThat(admin.events("REFRESH_TOKEN_ERROR")).isZero();
        }
        assertThat(answers(browser)).containsExactly(200, 200);
    }

    @Test
    void aDisabledUserIsOutAtTheNextRefresh() throws Exception {
        var browser = signIn("bob");
        admin.enable("bob", false);
        try {
            TimeUnit.MILLISECONDS.sleep(REFRESH.toMillis() + 1100);
            Patience.until(Duration.ofSeconds(5), () -> answers(browser).equals(List.of(401, 401)));
        } finally {
            admin.enable("bob", true);
        }
    }

    private List<Integer> answers(Browser browser) {
        return IntStream.range(0, replicas.count())
                .mapToObj(replica -> replicas.check(replica, browser).status())
                .toList();
    }

    private List<Integer> fiftyAtOnce(Browser browser) throws Exception {
        var tabs = Executors.newFixedThreadPool(10);
        try {
            List<Callable<Integer>> requests = IntStream.range(0, 50)
                    .<Callable<Integer>>mapToObj(i ->
                            () -> replicas.check(i % replicas.count(), browser).status())
                    .toList();
            var answers = new ArrayList<Integer>();
            for (var answer : tabs.invokeAll(requests, 60, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            tabs.shutdownNow();
        }
    }

    private Browser signIn(String name) {
        var browser = replicas.browser();
        var page = Visits.signIn(browser, replicas.site().at("console", "/"), name);
        assertThat(page.status()).isEqualTo(200);
        return browser;
    }
}
