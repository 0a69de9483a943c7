package io.github.postern.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Tomcat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code metrics-address} serves beside a real Tomcat, after a sign-in, a refusal and a stranger. */
final class MetricsIT {
    private static final String SECRET_PATH = "/nobody-reads-this";
    private static FakeKeycloak keycloak;
    private static Replica postern;
    private static RawHttp metrics;
    private static String scrape;
    private static String cookies;

    @BeforeAll
    static void start() {
        int port = Tomcat.freePort();
        keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
        postern = Replica.start(keycloak, Map.of("METRICS_ADDRESS", "127.0.0.1:" + port))
                .awaitReady();
        metrics = new RawHttp(port, "127.0.0.1", (request, reply) -> {});
        cookies = postern.signIn("alice").cookiesFor(Session.APP);
        var asked = Ask.program(SECRET_PATH).with("Cookie", cookies);
        Expect.forbidden(
                postern.http().send(new Request("GET", "/oauth2/auth?allowed_groups=%2Fnobody", asked.headers(), "")));
        Expect.denied(postern.http().send(Ask.program(SECRET_PATH)));
        Expect.refusedPage(postern.http().send(Ask.page("GET", "/oauth2/callback?code=x&state=y")));
        scrape = scraped().text();
    }

    @AfterAll
    static void stop() {
        postern.close();
        keycloak.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postern_checks_total{outcome=\"allowed\",rule=\"\"} | 1",
                "postern_checks_total{outcome=\"challenged\",rule=\"\"} | 2",
                "postern_checks_total{outcome=\"undecided\",rule=\"\"} | 0",
                "postern_check_duration_seconds_count{outcome=\"allowed\"} | 1",
                "postern_check_duration_seconds_count{outcome=\"challenged\"} | 2",
                "postern_check_duration_seconds_count{outcome=\"refused\"} | 1",
                "postern_check_duration_seconds_bucket{outcome=\"challenged\",le=\"+Inf\"} | 2",
                "postern_logins_started_total | 1",
                "postern_logins_finished_total{by=\"provider\"} | 1",
                "postern_logins_finished_total{by=\"password\"} | 0",
                "postern_logins_failed_total{by=\"browser\",reason=\"attempt-unknown\"} | 1",
                "postern_logins_failed_total{by=\"postern\",reason=\"client-refused\"} | 0",
                "postern_faults_total | 0",
                "postern_provider_call_duration_seconds_count{endpoint=\"discovery\",result=\"ok\"} | 1",
                "postern_provider_call_duration_seconds_count{endpoint=\"token\",result=\"ok\"} | 1",
                "postern_ready | 1"
            })
    @DisplayName("what was done is counted")
    void counted(String series, double value) {
        assertThat(values(series + " ")).as(series + "\n" + scrape).containsExactly(value);
    }

    @Test
    @DisplayName("a refusal is counted once, by what decided")
    void refused() {
        var values = values("postern_checks_total{outcome=\"refused\",");
        assertThat(values.stream().mapToDouble(value -> value).sum()).isEqualTo(1);
    }

    @Test
    @DisplayName("the build, the threads and the process are told")
    void surroundings() {
        assertThat(values("postern_build_info{")).containsExactly(1.0);
        assertThat(values("postern_http_threads_max "))
                .singleElement()
                .satisfies(most -> assertThat(most).isPositive());
        assertThat(values("jvm_memory_used_bytes{")).isNotEmpty();
        assertThat(scraped().header("Content-Type")).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
    }

    @Test
    @DisplayName("nothing of a person, a request or a secret is told")
    void discreet() {
        assertThat(scrape)
                .doesNotContain("alice", FakeUser.subject("alice"), SECRET_PATH, "akko.local")
                .doesNotContain(Setup.CLIENT_SECRET, Setup.COOKIE_SECRET, cookies);
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, /metrics, 200",
        "POST, /metrics, 405",
        "GET, /, 404",
        "GET, /metrics/, 404",
        "GET, /oauth2/auth, 404",
        "GET, /ready, 404"
    })
    @DisplayName("the port answers that one question only")
    void oneQuestion(String method, String path, int status) {
        assertThat(metrics.send(Request.of(method, path)).status()).isEqualTo(status);
    }

    @Test
    @DisplayName("a host that somebody made up counts as what the browser brought, which wakes nobody up")
    void foreignHost() {
        postern.http().send(Ask.navigation("evil.example", "/"));
        assertThat(scraped().text())
                .contains("postern_logins_failed_total{by=\"browser\",reason=\"cookie-domain\"} 1.0")
                .contains("postern_logins_failed_total{by=\"postern\",reason=\"cookie-domain\"} 0.0");
    }

    @Test
    @DisplayName("LEK-06 whoever asks much and reads nothing keeps nobody from the numbers")
    void slowReaders() throws IOException {
        var sockets = new ArrayList<Socket>();
        try {
            for (int each = 0; each < 40; each++) {
                var socket = new Socket();
                sockets.add(socket);
                socket.setReceiveBufferSize(1024);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), metrics.port()));
                socket.getOutputStream()
                        .write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
                                .repeat(200)
                                .getBytes(US_ASCII));
            }
            var begin = Instant.now();
            scraped();
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(4));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("whoever reaches the gateway does not reach the numbers")
    void mainPort() {
        var reply = postern.http().send(Request.get("/metrics"));
        Expect.denied(reply);
        assertThat(reply.text()).doesNotContain("postern_");
    }

    @Test
    @DisplayName("CFG-08 an address that is taken ends the start, in one line with the option's name")
    void taken() throws IOException, InterruptedException {
        var environment = Setup.common(keycloak.issuer());
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("OAUTH2_PROXY_METRICS_ADDRESS", "127.0.0.1:" + other.getLocalPort());
            try (var tomcat = Tomcat.with(environment).launch()) {
                assertThat(tomcat.exitCodeWithin(30)).hasValue(1);
                assertThat(tomcat.output()).doesNotContain("\tat ");
                assertThat(tomcat.output().lines().filter(line -> line.contains("metrics-address: ")))
                        .singleElement()
                        .asString()
                        .contains("127.0.0.1:" + other.getLocalPort(), "free the port");
            }
        }
    }

    private static Reply scraped() {
        var reply = metrics.send(Request.get("/metrics"));
        assertThat(reply.status()).isEqualTo(200);
        return reply;
    }

    /** The values of all series that begin so. */
    private static List<Double> values(String beginning) {
        return scrape.lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }
}
