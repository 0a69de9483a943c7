package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Tomcat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a running gateway counts, and where it tells it. */
@ExtendWith(Gateways.class)
final class MetricsIT {
    static final int PORT = Tomcat.freePort();

    @Test
    void countsWhatHappens(@In(Setup.METRICS) Gateway gateway) {
        var before = scrape();
        gateway.http().send(Ask.program("/x"));
        gateway.http().send(Ask.program("/public/x"));
        var alice = Session.of(gateway, "alice");
        for (int i = 0; i < 3; i++) {
            Expect.identity(gateway.http().send(Ask.program("/x").with("Cookie", alice.header())), "alice");
        }
        gateway.keycloak().add(FakeUser.named("erin").in("/guests"));
        var erin = gateway.browser("erin");
        erin.open(Session.APP);
        gateway.http().send(Ask.page("GET", "/oauth2/callback?code=x&state=y"));

        var after = scrape();
        assertThat(grown(before, after, "postern_checks_total{outcome=\"challenged\",rule=\"\"}"))
                .isGreaterThanOrEqualTo(3);
        assertThat(grown(before, after, "postern_checks_total{outcome=\"skipped\",rule=\"skip-auth-route\"}"))
                .isEqualTo(1);
        assertThat(grown(before, after, "postern_checks_total{outcome=\"allowed\",rule=\"\"}"))
                .isEqualTo(4);
        assertThat(grown(before, after, "postern_checks_total{outcome=\"refused\",rule=\"GROUPS\"}"))
                .isEqualTo(1);
        assertThat(grown(before, after, "postern_check_duration_seconds_count{outcome=\"allowed\"}"))
                .isEqualTo(4);
        assertThat(grown(before, after, "postern_logins_started_total")).isEqualTo(2);
        assertThat(grown(before, after, "postern_logins_finished_total{by=\"provider\"}"))
                .isEqualTo(2);
        assertThat(grown(before, after, "postern_logins_failed_total{reason=\"attempt-unknown\"}"))
                .isEqualTo(1);
        assertThat(grown(
                        before,
                        after,
                        "postern_provider_call_duration_seconds_count{endpoint=\"token\",result=\"ok\"}"))
                .isEqualTo(2);
        assertThat(value(after, "postern_ready")).isEqualTo(1);
        assertThat(value(after, "postern_provider_metadata_age_seconds")).isBetween(0.0, 600.0);
        assertThat(value(after, "postern_http_threads_max")).isPositive();
        assertThat(after)
                .contains("jvm_memory_used_bytes", "postern_build_info{java=")
                .doesNotContain("alice", "erin", "mlflow", alice.value().substring(0, 24));
    }

    @Test
    void isServedAtItsOwnAddressOnly(@In(Setup.METRICS) Gateway gateway) {
        var reply = metrics(Request.get("/metrics"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(metrics(Request.get("/")).status()).isEqualTo(404);
        assertThat(metrics(Request.get("/oauth2/auth")).status()).isEqualTo(404);
        assertThat(metrics(Request.of("POST", "/metrics").form("a=b")).status()).isEqualTo(405);
        assertThat(gateway.http().send(Request.get("/metrics")).isSuccess()).isFalse();
    }

    @Test
    void anAddressThatIsTakenEndsTheStartInOneLine() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var environment = new LinkedHashMap<>(Setup.common("http://127.0.0.1:9/realms/akko"));
            environment.put("OAUTH2_PROXY_METRICS_ADDRESS", "127.0.0.1:" + taken.getLocalPort());
            try (var tomcat = Tomcat.with(environment).launch()) {
                assertThat(tomcat.exitCodeWithin(20)).as(tomcat.output()).hasValue(1);
                assertThat(tomcat.output().lines().filter(line -> line.contains("metrics-address")))
                        .as(tomcat.output())
                        .singleElement()
                        .asString()
                        .contains("127.0.0.1:" + taken.getLocalPort() + " cannot be listened on")
                        .contains("free the port or name another address");
                assertThat(tomcat.output()).doesNotContain("\tat ").doesNotContain(Setup.CLIENT_SECRET);
            }
        }
    }

    private static String scrape() {
        return metrics(Request.get("/metrics")).text();
    }

    private static Reply metrics(Request request) {
        return new RawHttp(PORT, "127.0.0.1", (question, answer) -> {}).send(request);
    }

    private static double grown(String before, String after, String series) {
        return value(after, series) - value(before, series);
    }

    /** A series that is not there has not begun to count. */
    private static double value(String scraped, String series) {
        return scraped.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)
                        .toUpperCase(Locale.ROOT)
                        .replace("NAN", "NaN")))
                .findFirst()
                .orElse(0);
    }
}
