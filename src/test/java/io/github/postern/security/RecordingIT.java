package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log says in the operator's own formats, and what it keeps to itself. */
@ExtendWith(Gateways.class)
final class RecordingIT {
    private static final String TIME = "\\[\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d]";

    @Test
    @DisplayName("a check's line shows the user's own request without its query, and the answer")
    void request(@In(Setup.RECORDING) Gateway gateway) {
        var reply = gateway.http()
                .send(Ask.program("/x/y?token=hush")
                        .with("X-Real-IP", "203.0.113.7")
                        .with("X-Request-Id", "req-1")
                        .with("User-Agent", "curl/8 \"x\""));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(line(gateway, "req-1"))
                .matches("203\\.0\\.113\\.7 - req-1 - - " + TIME
                        + " mlflow\\.akko\\.local GET - \"/x/y\" HTTP/1\\.1 \"curl/8 \\\\\"x\\\\\"\" 401 "
                        + reply.body().length() + " 0\\.\\d{3}");
        assertThat(gateway.output()).doesNotContain("hush");
    }

    @Test
    @DisplayName("a check's line names who is signed in; so does the line of a decision")
    void username(@In(Setup.RECORDING) Gateway gateway) {
        var session = staff(gateway);
        var reply = gateway.http()
                .send(Ask.program("/seen").with("Cookie", session.header()).with("X-Request-Id", "req-2"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(line(gateway, "req-2"))
                .contains(" - alice@akko.local [")
                .contains(" \"/seen\" ")
                .contains(" 200 0 0.");
        assertThat(line(gateway, "AuthSuccess"))
                .matches("AUTH \\S+ [0-9a-f-]{36} alice " + TIME
                        + " \\[AuthSuccess] signed-in sub=\\S+ user=alice client=.*");
    }

    @Test
    @DisplayName("a refusal's line says which rule, and names the request as the proxy did")
    void refusal(@In(Setup.RECORDING) Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("erin").in("/guests"));
        var browser = gateway.browser("erin");
        browser.open(Session.APP);
        var session = new Session(gateway, browser);
        gateway.http().send(Ask.program("/no").with("Cookie", session.header()).with("X-Request-Id", "req-3"));
        assertThat(line(gateway, "req-3 erin@akko.local"))
                .matches(
                        "AUTH 127\\.0\\.0\\.1 req-3 erin@akko\\.local " + TIME
                                + " \\[AuthFailure] refused micros=\\d+ reference=[0-9A-F]{10} sub=\\S+ reason=GROUPS wanted=/admins path=/no");
    }

    @Test
    @DisplayName("a page's line has its length and our own path")
    void page(@In(Setup.RECORDING) Gateway gateway) {
        var page =
                gateway.http().send(Ask.page("GET", "/oauth2/sign_in?rd=/hush").with("X-Request-Id", "req-4"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(line(gateway, "req-4"))
                .contains("akko.local GET - \"/oauth2/sign_in\" ")
                .contains(" 200 " + page.text().getBytes(java.nio.charset.StandardCharsets.UTF_8).length + " ")
                .doesNotContain("hush");
    }

    @Test
    @DisplayName("LEK-06 excluded paths and the probes are silent")
    void silent(@In(Setup.RECORDING) Gateway gateway) {
        for (var request : List.of(
                Ask.program("/silent"),
                Ask.program("/silent?x=1"),
                Request.get("/oauth2/userinfo"),
                Request.get("/ready"),
                Request.get("/ping").with("User-Agent", "probe/1"))) {
            gateway.http().send(request.with("X-Request-Id", "quiet"));
        }
        gateway.http().send(Ask.program("/silent/not").with("X-Request-Id", "loud"));
        line(gateway, "loud");
        assertThat(gateway.output()).doesNotContain("quiet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "a\\b", "", "é"})
    @DisplayName("RES-10 an id that is none is not repeated; one is made")
    void oddId(String id, @In(Setup.RECORDING) Gateway gateway) {
        gateway.http().send(Ask.program("/odd").with("X-Request-Id", id));
        assertThat(line(gateway, "\"/odd\"")).matches("127\\.0\\.0\\.1 - [0-9a-f-]{36} - - .*");
    }

    @Test
    @DisplayName("RES-10 an endless id is not repeated")
    void endlessId(@In(Setup.RECORDING) Gateway gateway) {
        gateway.http().send(Ask.program("/odd").with("X-Request-Id", "x".repeat(129)));
        assertThat(line(gateway, "\"/odd\"")).doesNotContain("xxx");
    }

    @Test
    @DisplayName("LEK-14 a whole sign-in leaves neither code nor state in the log")
    void secrets(@In(Setup.RECORDING) Gateway gateway) {
        var attempt = Attempt.of(gateway, gateway.browser("alice"), "https://akko.local/oauth2/start?rd=/private");
        attempt.finish();
        line(gateway, "\"/oauth2/callback\"");
        assertThat(gateway.output())
                .doesNotContain(attempt.parameter("code"))
                .doesNotContain(attempt.parameter("state"))
                .doesNotContain("/private");
    }

    @Test
    @DisplayName("the ping path is like any other for whoever is not the probe")
    void ping(@In(Setup.RECORDING) Gateway gateway) {
        assertThat(gateway.http()
                        .send(Request.get("/ping").with("User-Agent", "probe/1"))
                        .body())
                .isEqualTo("OK\n");
        Expect.denied(gateway.http().send(Request.get("/ping")));
        var session = staff(gateway);
        Expect.identity(gateway.http().send(Request.get("/ping").with("Cookie", session.header())), "alice");
    }

    @Test
    @DisplayName("a program's path gets JSON, from a page navigation too; another path gets a sign-in")
    void apiRoute(@In(Setup.RECORDING) Gateway gateway) {
        isJson(gateway.http().send(Ask.navigation("/api/x")), 401);
        isJson(gateway.http().send(Ask.navigation("//api/x")), 401);
        isJson(gateway.http().send(Ask.navigation("/x%2fapi")), 401);
        assertThat(gateway.http().send(Ask.navigation("/x")).status()).isEqualTo(302);
    }

    @Test
    @DisplayName("the cause of a failed sign-in stands on the page where the operator wants it there")
    void cause(@In(Setup.RECORDING) Gateway gateway) {
        var page = gateway.http()
                .send(Ask.page("GET", "/oauth2/callback?code=x&state=y").with("X-Request-Id", "<req-5>"));
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("<dt>Cause</dt>", "<dt>Request ID</dt>", "<code>&lt;req-5&gt;</code>");
    }

    @Test
    @DisplayName("where all errors are JSON nobody is sent to a sign-in or shown a page; nor is a decision recorded")
    void forceJson() {
        try (var gateway = Gateway.start(Setup.JSON)) {
            isJson(gateway.http().send(Ask.navigation("/x")), 401);
            isJson(gateway.http().send(Request.get("/x").with("Accept", "text/html")), 401);
            isJson(gateway.http().send(Request.get("/oauth2/ext-authz/x").with("Accept", "text/html")), 401);
            gateway.keycloak().add(FakeUser.named("erin").in("/guests"));
            var browser = gateway.browser("erin");
            browser.open("https://akko.local/oauth2/start?rd=/");
            var session = new Session(gateway, browser).header();
            isJson(gateway.http().send(Ask.navigation("/x").with("Cookie", session)), 403);
            assertThat(gateway.output()).doesNotContain("signed-in").doesNotContain("refused");
        }
    }

    private static void isJson(Reply reply, int status) {
        assertThat(reply.status()).as(reply.whole()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).startsWith("{\"error\":\"");
        assertThat(reply.location()).isEmpty();
    }

    private static Session staff(Gateway gateway) {
        return Session.of(gateway, "alice");
    }

    /** The one line that holds this text. */
    private static String line(Gateway gateway, String text) {
        Wait.until(Duration.ofSeconds(5), () -> gateway.output().contains(text));
        var lines = gateway.output().lines().filter(line -> line.contains(text)).toList();
        assertThat(lines).isNotEmpty();
        return lines.get(0);
    }
}
