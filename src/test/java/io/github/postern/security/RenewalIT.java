package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Renewing tokens neither delays a check nor signs anybody out, whatever the provider does. */
@ExtendWith(Gateways.class)
final class RenewalIT {
    @Test
    @DisplayName("FLT-19 twenty requests at once cost one call, although refresh tokens are good for one use")
    void oneCall(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        gateway.keycloak().misbehave().rotation();
        var session = Session.of(gateway, "alice").header();
        Thread.sleep(1100);
        var before = gateway.keycloak().journal().count(Endpoint.TOKEN);
        var threads = Executors.newFixedThreadPool(20);
        try {
            var replies = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> check(gateway, session)))
                    .toList();
            for (Future<Reply> reply : replies) {
                Expect.identity(reply.get(), "alice");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(gateway.keycloak().journal().count(Endpoint.TOKEN) - before).isEqualTo(1);
    }

    @Test
    @DisplayName("FLT-28 a provider that hangs holds up a check for about a second, and nothing else")
    void hangingProvider(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "alice").header();
        Thread.sleep(1100);
        gateway.providerFails().delay(Endpoint.TOKEN, Duration.ofSeconds(30));
        var threads = Executors.newFixedThreadPool(100);
        try {
            var begun = Instant.now();
            var replies = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> check(gateway, session)))
                    .toList();
            var ping = gateway.http().send(Request.get("/ping").with("Cookie", session));
            assertThat(ping.status()).isEqualTo(200);
            for (Future<Reply> reply : replies) {
                Expect.identity(reply.get(), "alice");
            }
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMillis(2500));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("FLT-02 an outage at a renewal changes neither the session nor the identity")
    void outage(@In(Setup.REFRESHING) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "alice").header();
        var groups = check(gateway, session).header("X-Auth-Request-Groups");
        Thread.sleep(1100);
        gateway.providerFails().answer(Endpoint.USERINFO, 503, "text/plain", "down");
        var reply = check(gateway, session);
        Expect.identity(reply, "alice");
        assertThat(reply.header("X-Auth-Request-Groups")).isEqualTo(groups);
    }

    private static Reply check(Gateway gateway, String session) {
        return gateway.http().send(Ask.program("/x").with("Cookie", session));
    }
}
