package io.github.postern.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.testbed.Browser;
import io.github.postern.testbed.Fields;
import io.github.postern.testbed.IngressNginx;
import io.github.postern.testbed.Message;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented annotations of ingress-nginx, behind the nginx configuration that its controller makes of them. */
@Alone("one Keycloak and one gateway serve all classes that need them")
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IngressNginxIT {
    private static final List<String> TARGETS =
            List.of("/", "/x?y", "/deep/er?a=1&b=%2F&c=%C3%A4+%22&a=2", "/a%20b/%C3%BC");
    private static final Fields PROGRAM = Fields.of("Accept", "application/json");
    private static final int REFRESH_SECONDS = 4;

    private final TestBed bed;
    private IngressNginx gateway;
    private Site site;

    IngressNginxIT(TestBed bed) {
        this.bed = bed;
    }

    @BeforeAll
    void start() {
        gateway = bed.ingressNginx(Map.of(
                "OAUTH2_PROXY_FORWARDED_SOURCE",
                "x-original-url",
                "OAUTH2_PROXY_ALLOWED_GROUPS",
                "/admins",
                "OAUTH2_PROXY_COOKIE_REFRESH",
                REFRESH_SECONDS + "s",
                "OAUTH2_PROXY_ACCESS_RULES_FILE",
                SharedTestBed.rules()));
        site = gateway.site();
        gateway.use(true, TARGETS);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    static List<String> targets() {
        return TARGETS;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aNavigationEndsWhereItWasGoing(String target) {
        var page = Visits.signIn(gateway.browser(), app(target), "alice");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.address()).isEqualTo(app(target));
        assertThat(page.text()).contains("alice");
    }

    @Test
    void theAppIsToldWhoItIsAndNothingThatAClientClaims() {
        var browser = signedIn("alice");
        var claims = Fields.of(
                "X-Auth-Request-User", "claimed-1",
                "X-Auth-Request-Groups", "claimed-2",
                "X_Auth_Request_User", "claimed-3",
                "X-Auth_Request-Email", "claimed-4",
                "X-Auth-Request-Jwt", "claimed-5",
                "X-Auth-Request-Access-Token", "claimed-6");
        var told = browser.get(app("/api/headers"), claims).text();
        assertThat(told)
                .contains(
                        "\"X-Auth-Request-Email\", \"alice@akko.example\"",
                        "\"X-Auth-Request-Preferred-Username\", \"alice\"")
                .contains("/admins,/data")
                .doesNotContain("claimed");
    }

    @Test
    void withAuthSigninAScriptGetsA401OnItsSecondStep() {
        var answer = gateway.browser().fetch(app("/x?y"));
        assertThat(answer.status()).isEqualTo(302);
        var start = URI.create(answer.fields().first("Location").orElseThrow());
        assertThat(start).isEqualTo(app("/oauth2/start?rd=" + site.at("console", "") + "%2Fx%3Fy"));
        assertThat(gateway.browser().fetch(start).status()).isEqualTo(401);
    }

    @Test
    void withoutAuthSigninEverybodyGetsThe401() {
        gateway.use(false, TARGETS);
        try {
            assertThat(gateway.browser().get(app("/x?y"), PROGRAM).status()).isEqualTo(401);
            assertThat(gateway.browser().navigateOnce(app("/x?y")).status()).isEqualTo(401);
        } finally {
            gateway.use(true, TARGETS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ping", "/oauth2/sign_in", "/"})
    void claimsOfAStrangerOpenNothing(String claimed) {
        var claims = Fields.of(
                "Accept", "application/json",
                "X-Auth-Request-User", "alice",
                "X-Forwarded-Uri", claimed,
                "X-Forwarded-Method", "OPTIONS",
                "X-Forwarded-For", "127.0.0.1",
                "X-Original-URL", site.home(claimed).toString());
        assertThat(gateway.browser().get(app("/x?y"), claims).status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://%s/open/x", "http://%s/open/x"})
    void whatIsPublicOnAnotherHostIsNotSoHere(String target) {
        var console = app("/").getRawAuthority();
        var portal = Fields.of("Host", site.at("portal", "/").getRawAuthority());
        var answer = gateway.browser().send(app("/"), Message.request("GET", target.formatted(console), portal));
        assertThat(answer.status()).isEqualTo(302);
    }

    @Test
    void aRequestLineThatNamesItsOwnHostIsFine() {
        var target = app("/api/headers");
        var fields = Fields.of(
                "Host", target.getRawAuthority(),
                "Cookie", signedIn("alice").cookies().header(target));
        var answer = gateway.browser().send(target, Message.request("GET", target.toString(), fields));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void whoMayNotIsRefusedAndNotSentToTheLogin() {
        var browser = gateway.browser();
        assertThat(Visits.signIn(browser, app("/x?y"), "bob").status()).isEqualTo(403);
        var again = browser.open(app("/x?y"));
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.hops()).hasSize(1);
        assertThat(again.text()).contains("nginx");
    }

    @Test
    void aWriteReachesTheAppWithItsBody() {
        var address = app("/api/headers");
        var body = "x".repeat(20_000);
        var fields = Fields.of(
                "Host", address.getRawAuthority(),
                "Cookie", signedIn("alice").cookies().header(address),
                "Content-Type", "text/plain",
                "Content-Length", Integer.toString(body.length()));
        var answer = gateway.browser()
                .send(address, new Message("POST /api/headers HTTP/1.1", fields, body.getBytes(UTF_8)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"method\": \"POST\"").contains("20000");
    }

    @Test
    void aRenewedSessionReachesTheBrowserWithTheNextAnswer() throws InterruptedException {
        var browser = signedIn("alice");
        var before = browser.cookies().header(app("/"));
        Thread.sleep(Duration.ofSeconds(REFRESH_SECONDS + 1).toMillis());
        // the first may only set the renewal off
        assertThat(IntStream.range(0, 5).mapToObj(check -> browser.get(app("/api/headers"), PROGRAM)))
                .allMatch(answer -> answer.status() == 200)
                .anyMatch(
                        answer -> answer.fields().first("Set-Cookie").orElse("").startsWith("_akko_oauth2="));
        assertThat(browser.cookies().header(app("/"))).isNotEqualTo(before);
        assertThat(browser.get(app("/api/headers"), PROGRAM).status()).isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSession() {
        var browser = signedIn("alice");
        var page = browser.follow(app("/"), app("/oauth2/sign_out"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.hops()).anyMatch(hop -> hop.address().getHost().equals(site.host(Site.IDENTITY)));
        assertThat(browser.open(app("/")).form()).isPresent();
    }

    private Browser signedIn(String user) {
        var browser = gateway.browser();
        Visits.signIn(browser, app("/"), user);
        return browser;
    }

    private URI app(String target) {
        return site.at("console", target);
    }
}
