package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.Header;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Load;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What two replicas owe their users, whatever keeps the sessions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoReplicas {
    private static final Header SAME_SITE = new Header("Sec-Fetch-Site", "same-origin");
    private static final int PER_SECOND = 100;
    private static final int CROWD = 12;
    private Fleet fleet;

    /** The replicas of the store in question, started and ready. */
    abstract Fleet replicas();

    @BeforeAll
    void start() {
        fleet = replicas();
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    Fleet fleet() {
        return fleet;
    }

    @Test
    @DisplayName("who signs in at one replica is signed in at the other; who signs out there is out at both")
    void signedInAndOutEverywhere() {
        var browser = fleet.signedIn(0, "alice");
        var cookies = browser.cookiesFor(Session.APP);
        Expect.identity(fleet.check(1, cookies), "alice");
        // the same browser, its proxy now leading to the other replica
        var moved = fleet.browser(1, "alice");
        browser.jar().all().forEach(moved.jar()::put);
        var out = moved.get("https://akko.local/oauth2/sign_out", SAME_SITE);
        assertThat(out.status()).as(out.whole()).isEqualTo(302);
        Expect.denied(fleet.check(1, cookies));
        Wait.until(Duration.ofSeconds(1), () -> fleet.check(0, cookies).status() == 401);
    }

    @Test
    @DisplayName("a back-channel logout that one replica hears of reaches the other within a second")
    void backChannel() {
        var cookies = fleet.signedIn(0, "bob").cookiesFor(Session.APP);
        var token = fleet.keycloak().logoutToken("bob", fleet.keycloak().lastSessionOf("bob"));
        var told = fleet.http(1)
                .send(Request.of("POST", "/oauth2/backchannel-logout").form("logout_token=" + token));
        assertThat(told.status()).as(told.whole()).isIn(200, 204);
        Expect.denied(fleet.check(1, cookies));
        Wait.until(Duration.ofSeconds(1), () -> fleet.check(0, cookies).status() == 401);
    }

    @Test
    @DisplayName("RUN-07 a replica that is killed takes no session with it, and is back within seconds")
    void killed() throws InterruptedException {
        var people = fleet.crowd(CROWD);
        fleet.get(0).kill();
        for (var person : people) {
            assertThat(fleet.check(1, person.cookies()).header("X-Auth-Request-User"))
                    .isEqualTo(person.subject());
        }
        fleet.launchAgain(0);
        fleet.awaitReady(0);
        for (var person : people) {
            assertThat(fleet.check(0, person.cookies()).header("X-Auth-Request-User"))
                    .isEqualTo(person.subject());
        }
    }

    @Test
    @DisplayName(
            "RUN-03 both replicas are restarted one after the other under load, and no check of a signed-in user fails")
    void rolled() throws InterruptedException {
        var people = fleet.crowd(CROWD);
        try (var load = Load.start(fleet.addresses(), people, PER_SECOND)) {
            for (int replica = 0; replica < 2; replica++) {
                TimeUnit.SECONDS.sleep(2);
                restartPolitely(replica);
            }
            TimeUnit.SECONDS.sleep(2);
            var result = load.stop();
            assertThat(result.failures()).isEmpty();
            assertThat(result.checks()).isGreaterThan(10 * PER_SECOND);
        }
    }

    @Test
    @DisplayName(
            "RUN-08 ten callbacks that are in flight when a replica is told to end are finished, and it ends within 30 s")
    void finishesWhatIsInFlight() throws Exception {
        var browsers =
                IntStream.range(0, 10).mapToObj(i -> fleet.browser(1, "alice")).toList();
        var callbacks = browsers.stream()
                .map(browser -> browser.openUntilCallback(Attempt.START).target())
                .toList();
        fleet.keycloak().misbehave().delay(Endpoint.TOKEN, Duration.ofSeconds(3));
        var answers = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> browsers.get(i).get(callbacks.get(i)), task -> new Thread(task).start()))
                .toList();
        TimeUnit.MILLISECONDS.sleep(500);
        fleet.get(1).terminate();
        for (var answer : answers) {
            var reply = answer.get(30, TimeUnit.SECONDS);
            assertThat(reply.status()).as(reply.whole()).isEqualTo(302);
        }
        assertThat(fleet.get(1).exitCodeWithin(30))
                .hasValueSatisfying(code -> assertThat(code).isIn(0, 143));
        fleet.keycloak().misbehave();
        fleet.launchAgain(1);
        fleet.awaitReady(1);
        browsers.forEach(browser -> Expect.identity(fleet.check(0, browser), "alice"));
    }

    /** {@code /ready} says 503 while the port still answers; the process ends by itself, and the next one takes its place. */
    private void restartPolitely(int replica) throws InterruptedException {
        fleet.get(replica).terminate();
        Wait.until(Duration.ofSeconds(2), () -> fleet.readiness(replica) == 503);
        assertThat(fleet.get(replica).exitCodeWithin(30))
                .hasValueSatisfying(code -> assertThat(code).isIn(0, 143));
        fleet.launchAgain(replica);
        fleet.awaitReady(replica);
    }
}
