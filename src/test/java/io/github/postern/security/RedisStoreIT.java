package io.github.postern.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.config.SealingSecret;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.session.Seal;
import io.github.postern.testbed.RedisServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two replicas with their sessions in one Redis, which stops, hangs and comes back: nobody is let in, and nobody is signed out. */
@Alone("a busy machine would fail its bounds of time")
final class RedisStoreIT {
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final String PASSWORD = "redis-password-Vq8s2Lm";
    private static RedisServer redis;
    private static FakeKeycloak keycloak;
    private static Replica one;
    private static Replica two;

    @BeforeAll
    static void start() {
        redis = RedisServer.start("requirepass " + PASSWORD);
        keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
        var settings = Map.of(
                "SESSION_STORE_TYPE", "redis",
                "REDIS_CONNECTION_URL", redis.url(),
                "REDIS_PASSWORD", PASSWORD,
                "COOKIE_REFRESH", "30m",
                "PASS_ACCESS_TOKEN", "true",
                "TRUSTED_PROXY_IPS", "127.0.0.1");
        one = Replica.start(keycloak, settings).awaitReady();
        two = Replica.start(keycloak, settings).awaitReady();
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
        keycloak.close();
        redis.close();
    }

    @Test
    @DisplayName("OUT-02 a copy of the ticket dies with the session, on every replica")
    void copiedTicket() {
        var browser = one.signIn("alice");
        String copy = cookies(browser);
        assertThat(copy).hasSizeLessThan(250);
        Expect.identity(two.check(copy), "alice");
        browser.get("https://akko.local/oauth2/sign_out");
        Expect.denied(one.check(copy));
        Wait.until(Duration.ofSeconds(1), () -> two.check(copy).status() == 401);
        Expect.denied(two.check(copy));
    }

    @Test
    @DisplayName("OUT-23 the provider's word to one replica ends the session on the other within a second")
    void backChannel() {
        String session = cookies(one.signIn("alice"));
        String other = cookies(one.signIn("alice"));
        Expect.identity(one.check(session), "alice");
        Expect.identity(two.check(session), "alice");
        String token = keycloak.logoutToken("alice", keycloak.lastSessionOf("alice"));
        assertThat(post(two, token).status()).isEqualTo(200);
        Expect.denied(two.check(other));
        Wait.until(Duration.ofSeconds(1), () -> one.check(other).status() == 401);
        Expect.identity(one.check(session), "alice");
    }

    @Test
    @DisplayName("FIX-01 a planted ticket is of no use after the sign-in of whom it was planted on")
    void plantedTicket() {
        var mallory = one.signIn("mallory");
        String planted = cookies(mallory);
        var alice = one.browser("alice");
        mallory.jar().all().forEach(alice.jar()::put);
        alice.open("https://akko.local/oauth2/start?rd=/");
        assertThat(cookies(alice)).isNotEqualTo(planted);
        Expect.identity(one.check(cookies(alice)), "alice");
        Expect.denied(one.check(planted));
    }

    @Test
    @DisplayName("LEK beyond: a dump of Redis opens nothing, not even with the cookie secret")
    void dump() {
        var browser = one.signIn("alice");
        Expect.identity(two.check(cookies(browser)), "alice");
        List<String> dump = everything();
        assertThat(dump).hasSizeGreaterThan(4);
        var secrets = new ArrayList<>(keycloak.journal().secrets());
        secrets.addAll(List.of("alice", "akko.local", Setup.COOKIE_SECRET, browserValue(browser)));
        assertThat(dump).allSatisfy(text -> assertThat(secrets).noneMatch(text::contains));
        var seal = new Seal(
                List.of(SealingSecret.of(Base64.getDecoder().decode(Setup.COOKIE_SECRET))),
                keycloak.issuer() + " " + Setup.CLIENT,
                new SecureRandom());
        List<String> keys = redis.ask("KEYS", "*").lines().toList();
        for (String key : keys.stream().filter(key -> key.contains(":session:")).toList()) {
            String value = redis.ask("GET", key);
            for (String purpose : List.of(key, "session _akko_oauth2", "ticket _akko_oauth2", "session record")) {
                assertThat(seal.open(value, purpose)).isEmpty();
            }
        }
        // what the cookie secret does open is the index, and no token is in it
        var opened = keys.stream()
                .filter(key -> redis.ask("TYPE", key).equals("hash"))
                .flatMap(key -> redis.ask("HVALS", key).lines().flatMap(value -> seal.open(value, key).stream()))
                .map(bytes -> new String(bytes, UTF_8))
                .toList();
        assertThat(opened).isNotEmpty();
        assertThat(opened)
                .allSatisfy(text -> assertThat(keycloak.journal().secrets()).noneMatch(text::contains));
        assertThat(one.output() + two.output()).doesNotContain(PASSWORD);
    }

    private static String browserValue(FakeBrowser browser) {
        String cookies = cookies(browser);
        return cookies.substring(cookies.indexOf('=') + 1);
    }

    private static List<String> everything() {
        var all = new ArrayList<String>();
        for (String key : redis.ask("KEYS", "*").lines().toList()) {
            all.add(key);
            all.add(redis.ask("TYPE", key).equals("hash") ? redis.ask("HGETALL", key) : redis.ask("GET", key));
        }
        return all;
    }

    @Test
    @DisplayName("FLT-13 a Redis that stops lets nobody in and signs nobody out; it is used again when it is back")
    void stopped() {
        String session = cookies(one.signIn("alice"));
        Expect.identity(two.check(session), "alice");
        redis.kill();
        try {
            Wait.until(Duration.ofSeconds(3), () -> two.check(session).status() == 503);
            var longest = together(60, () -> undecided(two.check(session)));
            assertThat(longest).isLessThan(Duration.ofSeconds(2));
            Wait.until(RECOVERY, () -> two.status("/ready") == 503);
            assertThat(two.status("/ping")).isEqualTo(200);
            navigationIsUndecided(two, session);
        } finally {
            redis.restart();
        }
        Wait.until(RECOVERY, () -> two.check(session).status() == 200);
        Wait.until(RECOVERY, () -> one.check(session).status() == 200);
        Expect.identity(one.check(session), "alice");
        Wait.until(RECOVERY, () -> two.status("/ready") == 200);
    }

    @Test
    @DisplayName("FLT-16 a Redis that answers nothing for five seconds costs a check half a second, and no session")
    void slow() {
        String session = cookies(one.signIn("alice"));
        Expect.identity(two.check(session), "alice");
        redis.ask("CLIENT", "PAUSE", "5000", "ALL");
        Wait.until(Duration.ofSeconds(3), () -> two.check(session).status() == 503);
        assertThat(together(60, () -> undecided(two.check(session)))).isLessThan(Duration.ofSeconds(2));
        assertThat(two.status("/ping")).isEqualTo(200);
        Wait.until(Duration.ofSeconds(10), () -> two.check(session).status() == 200);
        Wait.until(RECOVERY, () -> one.check(session).status() == 200);
        Expect.identity(one.check(session), "alice");
    }

    @Test
    @DisplayName("FLT-12 a replica starts without Redis, is not ready, and serves when Redis is there")
    void downAtStart() {
        String session = cookies(one.signIn("alice"));
        redis.kill();
        try {
            two.restart();
            assertThat(two.status("/ping")).isEqualTo(200);
            assertThat(two.status("/ready")).isEqualTo(503);
            undecided(two.check(session));
            // before Redis is back, or there may have been nothing to tell
            Wait.until(
                    RECOVERY,
                    () -> two.output().contains("cannot be reached; start it, or correct redis-connection-url"));
        } finally {
            redis.restart();
        }
        Wait.until(RECOVERY, () -> two.check(session).status() == 200);
        Expect.identity(two.check(session), "alice");
    }

    private static void navigationIsUndecided(Replica replica, String session) {
        Reply reply = replica.http().send(Ask.navigation("/x").with("Cookie", session));
        assertThat(reply.status()).as(reply.whole()).isEqualTo(503);
        assertThat(reply.cookies()).isEmpty();
    }

    private static void undecided(Reply reply) {
        assertThat(reply.status()).as(reply.whole()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isNotEmpty();
        assertThat(reply.cookies()).isEmpty();
        Expect.noIdentity(reply);
    }

    /** So many at once; how long the last of them took. */
    static Duration together(int times, Runnable work) {
        var threads = Executors.newFixedThreadPool(times);
        try {
            List<Future<Duration>> all = IntStream.range(0, times)
                    .mapToObj(number -> threads.submit(() -> timed(work)))
                    .toList();
            Duration longest = Duration.ZERO;
            for (var each : all) {
                longest = longest.compareTo(each.get()) > 0 ? longest : each.get();
            }
            return longest;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Duration timed(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Reply post(Replica replica, String token) {
        return replica.http()
                .send(Request.of("POST", "/oauth2/backchannel-logout").form("logout_token=" + token));
    }

    private static String cookies(FakeBrowser browser) {
        return browser.cookiesFor(Session.APP);
    }
}
