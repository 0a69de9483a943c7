package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Too much of anything is refused early, and costs others nothing. */
@Alone("a busy machine would fail its bounds of time")
@ExtendWith(Gateways.class)
final class ExhaustionIT {
    @Test
    @DisplayName("RES-03 oversized requests are refused at once")
    void oversized(Gateway gateway) {
        refused(gateway, Request.get("/oauth2/auth").with("X-Big", "x".repeat(64 * 1024)));
        var many = Request.get("/oauth2/auth");
        for (int i = 0; i < 200; i++) {
            many = many.with("X-Header-" + i, "v");
        }
        refused(gateway, many);
        refused(gateway, Request.get("/" + "a".repeat(60 * 1024)));
    }

    @Test
    @DisplayName("RES-04 a body of ten megabytes is refused")
    void largeBodies(Gateway gateway) {
        var body = "a=" + "x".repeat(10 * 1024 * 1024);
        for (var path : new String[] {"/oauth2/sign_in", "/oauth2/sign_out", "/oauth2/auth", "/oauth2/start"}) {
            var reply = gateway.http().send(Ask.page("POST", path).form(body));
            assertThat(reply.status()).as(path).isNotIn(200, 204).isLessThan(500);
        }
    }

    @Test
    @DisplayName("RES-07 a hundred logins begun in one browser do not shut it out, and the last one works")
    void manyLogins(Gateway gateway) {
        var browser = gateway.browser("alice");
        for (int i = 0; i < 99; i++) {
            browser.get("https://akko.local/oauth2/start?rd=%2F" + i);
        }
        var last = Attempt.of(gateway, browser);
        assertThat(browser.cookiesFor("https://akko.local/oauth2/callback").length())
                .isLessThan(8 * 1024);
        var reply = last.finish();
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.location()).endsWith("/wanted");
    }

    @Test
    @DisplayName("RES-12 FLT-05 a provider that hangs holds up its own callbacks for a bounded time, and nobody else")
    void hangingProvider(@In(Setup.SLOW_PROVIDER) Gateway gateway) throws Exception {
        var session = Session.of(gateway, "alice");
        var attempts =
                IntStream.range(0, 20).mapToObj(i -> Attempt.of(gateway, "bob")).toList();
        gateway.providerFails().delay(Endpoint.TOKEN, Duration.ofSeconds(30));
        var threads = Executors.newFixedThreadPool(20);
        try {
            var started = Instant.now();
            var waiting = attempts.stream()
                    .map(attempt -> threads.submit(attempt::finish))
                    .toList();
            for (int i = 0; i < 20; i++) {
                var before = Instant.now();
                Expect.identity(gateway.http().send(Ask.program("/x").with("Cookie", session.header())), "alice");
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
            }
            for (Future<Reply> each : waiting) {
                var reply = each.get();
                assertThat(reply.status()).isIn(502, 503, 504);
                Expect.noSession(reply);
            }
            assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(12));
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nContent-Length: 4\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 1e1\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Host: other\r\n"
            })
    @DisplayName("RES-13 a request that can be read in two ways is refused and the connection closed")
    void ambiguous(String header, Gateway gateway) {
        // the connector answers 501 to a transfer coding it does not know (RFC 9112 section 6.1): so the invariants do
        // not look on
        var reply = gateway.unwatched()
                .sendBytes("POST /oauth2/auth HTTP/1.1\r\nHost: akko.local\r\n" + header + "\r\nabc");
        assertThat(reply.status()).isIn(400, 501);
        assertThat(gateway.http().sendBytes("GET /oauth2/auth HTTP/1.1\r\n\r\n").status())
                .isEqualTo(400);
    }

    private static void refused(Gateway gateway, Request request) {
        var started = Instant.now();
        assertThat(gateway.http().send(request).status()).isIn(400, 414, 431);
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofMillis(500));
    }
}
