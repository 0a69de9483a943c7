package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.RedisServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Replicas that keep sessions in cookies tell each other through Redis who was signed out. */
final class SharedSignOutIT {
    private static final Duration SOON = Duration.ofMillis(1500);

    @Test
    @DisplayName(
            "OUT-23 with sessions in cookies, a sign-out at one replica reaches the other, also one that starts later")
    void reachesEachReplica() {
        try (var redis = RedisServer.start();
                var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
                var one = start(keycloak, redis);
                var two = start(keycloak, redis)) {
            String signedOut = signedIn(one);
            String ended = signedIn(one);
            String token = keycloak.logoutToken("alice", keycloak.lastSessionOf("alice"));
            String kept = signedIn(one);
            var leaver = two.signIn("bob");
            String copy = leaver.cookiesFor(Session.APP);
            Expect.identity(one.check(copy), "bob");
            assertThat(post(two, token)).isEqualTo(200);
            leaver.get("https://akko.local/oauth2/sign_out");
            Wait.until(
                    SOON,
                    () -> one.check(ended).status() == 401 && one.check(copy).status() == 401);
            Expect.identity(one.check(kept), "alice");
            Expect.identity(one.check(signedOut), "alice");
            one.restart();
            Wait.until(Duration.ofSeconds(3), () -> one.check(ended).status() == 401);
            Expect.identity(one.check(kept), "alice");
            assertThat(redis.ask("ZRANGE", "_akko_oauth2:ended", "0", "-1")).doesNotContain("sid:", "session:");
        }
    }

    @Test
    @DisplayName("OUT-23 beyond: Redis away changes nothing for sessions in cookies, and what was missed is told later")
    void outage() {
        try (var redis = RedisServer.start();
                var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
                var one = start(keycloak, redis);
                var two = start(keycloak, redis)) {
            String ended = signedIn(one);
            redis.kill();
            assertThat(post(two, keycloak.logoutToken("alice", keycloak.lastSessionOf("alice"))))
                    .isEqualTo(200);
            Expect.denied(two.check(ended));
            Expect.identity(one.check(ended), "alice");
            assertThat(one.status("/ready")).isEqualTo(200);
            redis.restart();
            Wait.until(Duration.ofSeconds(6), () -> one.check(ended).status() == 401);
        }
    }

    private static Replica start(FakeKeycloak keycloak, RedisServer redis) {
        return Replica.start(keycloak, Map.of("REDIS_CONNECTION_URL", redis.url()))
                .awaitReady();
    }

    private static String signedIn(Replica replica) {
        return replica.signIn("alice").cookiesFor(Session.APP);
    }

    private static int post(Replica replica, String token) {
        return replica.http()
                .send(Request.of("POST", "/oauth2/backchannel-logout").form("logout_token=" + token))
                .status();
    }
}
