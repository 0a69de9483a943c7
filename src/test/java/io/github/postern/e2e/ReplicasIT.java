package io.github.postern.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.testbed.Browser;
import io.github.postern.testbed.KeycloakAdmin;
import io.github.postern.testbed.Patience;
import io.github.postern.testbed.RedisServer;
import io.github.postern.testbed.Replicas;
import io.github.postern.testbed.TestBed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas that share their sessions, with the real Keycloak. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedTestBed.class)
final class ReplicasIT {
    private static final Duration REFRESH = Duration.ofSeconds(2);
    private final TestBed bed;
    private final KeycloakAdmin admin;
    private RedisServer redis;
    private Replicas replicas;

    ReplicasIT(TestBed bed) {
        this.bed = bed;
        this.admin = new KeycloakAdmin(bed.keycloak());
    }

    @BeforeAll
    void start() {
        redis = RedisServer.start();
        var options = Map.of(
                "OAUTH2_PROXY_SESSION_STORE_TYPE",
                "redis",
                "OAUTH2_PROXY_REDIS_CONNECTION_URL",
                redis.url(),
                "OAUTH2_PROXY_COOKIE_REFRESH",
                REFRESH.toSeconds() + "s");
        replicas = bed.replicas(List.of(options, options));
        // the second is told, and the first must know
        admin.client(
                "backchannel.logout.url",
                replicas.get(1).uri("/oauth2/backchannel-logout").toString());
        admin.realm(Map.of("revokeRefreshToken", true, "refreshTokenMaxReuse", 0));
    }

    @AfterAll
    void stop() {
        admin.realm(Map.of("revokeRefreshToken", false));
        replicas.close();
        redis.close();
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
            var answers = new java.util.ArrayList<Integer>();
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
        var login = browser.open(replicas.site().at("console", "/"));
        var page = browser.submit(login, Map.of("username", name, "password", name + "-pw"));
        assertThat(page.status()).isEqualTo(200);
        return browser;
    }
}
