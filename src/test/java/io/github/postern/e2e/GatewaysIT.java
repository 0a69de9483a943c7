package io.github.postern.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.testbed.Browser;
import io.github.postern.testbed.Fields;
import io.github.postern.testbed.Gateway;
import io.github.postern.testbed.Message;
import io.github.postern.testbed.Patience;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented configuration behind each real gateway, asked over HTTP as a browser and as a program asks. */
@Alone("one Keycloak and one gateway serve all classes that need them")
@ParameterizedClass(name = "{0}")
@MethodSource("gateways")
@ExtendWith(SharedTestBed.class)
final class GatewaysIT {
    private static final Set<Gateway.Kind> NOT_IN_DEBIAN = EnumSet.of(Gateway.Kind.TRAEFIK, Gateway.Kind.ENVOY);

    /** Who is signed in behind this gateway already, for the tests that only look: a sign-in costs a second. */
    private static final Map<String, Browser> SIGNED_IN = new HashMap<>();

    @Parameter
    Gateway.Kind kind;

    private final TestBed bed;
    private final Site site;

    GatewaysIT(TestBed bed) {
        this.bed = bed;
        this.site = bed.site();
    }

    static List<Gateway.Kind> gateways() {
        // Debian has neither Traefik nor Envoy; one that is missing of the others is a failure, not a shorter list
        return Stream.of(Gateway.Kind.values())
                .filter(kind -> !NOT_IN_DEBIAN.contains(kind) || kind.present() || isMissed(kind))
                .toList();
    }

    private static boolean isMissed(Gateway.Kind kind) {
        System.out.println("e2e: " + kind.label() + " is not on the PATH, its suite is left out");
        return false;
    }

    @BeforeParameterizedClassInvocation
    static void use(Gateway.Kind kind, TestBed bed) {
        SIGNED_IN.clear();
        bed.use(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/x?y", "/deep/er?a=1&b=%2F&c=%C3%A4+%22&a=2", "/a%20b/%C3%BC", "/?rd=https://evil.example/"
            })
    void aNavigationEndsWhereItWasGoing(String path) {
        var browser = bed.browser();
        var page = Visits.signIn(browser, site.at("console", path), "alice");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.address()).isEqualTo(site.at("console", path));
        assertThat(page.text()).contains("alice");
    }

    @Test
    void aNavigationGoesToTheLoginWithoutAClick() {
        var page = bed.browser().open(site.at("portal", "/"));
        assertThat(page.address().getHost()).isEqualTo(site.host(Site.IDENTITY));
        assertThat(page.form()).isPresent();
        assertThat(page.hops()).hasSizeLessThanOrEqualTo(4);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            fetch          | GET     | Accept: application/json; Sec-Fetch-Mode: cors; Sec-Fetch-Dest: empty
            XHR            | GET     | Accept: */*; X-Requested-With: XMLHttpRequest
            event stream   | GET     | Accept: text/event-stream
            curl with JSON | GET     | Accept: application/json
            image          | GET     | Accept: image/avif,image/*; Sec-Fetch-Mode: no-cors; Sec-Fetch-Dest: image
            prefetch       | GET     | Accept: text/html; Sec-Purpose: prefetch; Sec-Fetch-Mode: navigate
            preflight      | OPTIONS | Origin: https://evil.example; Access-Control-Request-Method: PUT
            write          | DELETE  | Accept: */*
            """)
    void aProgramIsRefusedAndNotRedirected(String what, String method, String headers) {
        var address = site.at("console", "/api/headers");
        var fields = fields(headers).with("Host", address.getRawAuthority());
        var answer = bed.browser().send(address, Message.request(method, "/api/headers", fields));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.fields().values("Location")).isEmpty();
        assertThat(answer.fields().values("Set-Cookie")).isEmpty();
    }

    @Test
    void aWebSocketOpensOnlyWithASession() {
        var upgrade = Fields.of(
                "Connection",
                "Upgrade",
                "Upgrade",
                "websocket",
                "Sec-WebSocket-Version",
                "13",
                "Sec-WebSocket-Key",
                "dGhlIHNhbXBsZSBub25jZQ==");
        var socket = site.at("live", "/socket");
        assertThat(bed.browser().get(socket, upgrade).status()).isEqualTo(401);
        assertThat(signedIn("alice").get(socket, upgrade).status()).isEqualTo(101);
    }

    @Test
    void oneSignInIsEnoughForEveryApp() {
        var browser = signedIn("alice");
        for (var app : Site.APPS) {
            var page = browser.open(site.at(app, "/"));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.hops()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice | alice@akko.example | /admins,/data
            bob   | bob@akko.example   | ''
            """)
    void theAppIsToldWhoAsks(String user, String email, String groups) {
        var browser = signedIn(user);
        var told = told(browser, Fields.NONE);
        assertThat(told.values("X-Auth-Request-User")).hasSize(1);
        assertThat(told.values("X-Auth-Request-Preferred-Username")).containsExactly(user);
        assertThat(told.values("X-Auth-Request-Email")).containsExactly(email);
        // nginx drops a header whose value is empty
        assertThat(String.join("", told.values("X-Auth-Request-Groups"))).contains(groups.split(","));
    }

    @Test
    void whatAClientClaimsOfItselfIsGone() {
        var browser = signedIn("bob");
        var claims = Fields.of(
                "X-Auth-Request-User",
                "claimed-1",
                "X-Auth-Request-Email",
                "claimed-2",
                "X-Auth-Request-Groups",
                "claimed-3",
                "X-Auth-Request-Preferred-Username",
                "claimed-4",
                "X-Auth-Request-User",
                "claimed-5",
                // what an app may take for the same name: CGI, WSGI and others write both alike
                "X_Auth_Request_User",
                "claimed-6",
                "X-Auth_Request-Groups",
                "claimed-7",
                "X-Auth-Request_Email",
                "claimed-8",
                "x-auth-request-preferred_username",
                "claimed-9",
                // what Postern would send too, if it were asked to
                "X-Auth-Request-Access-Token",
                "claimed-10",
                "X-Auth-Request-Jwt",
                "claimed-11",
                "X_Auth_Request_Jwt",
                "claimed-12");
        var told = told(browser, claims);
        assertThat(told.all()).noneMatch(field -> field.value().contains("claimed"));
        assertThat(told.values("X-Auth-Request-Preferred-Username")).containsExactly("bob");
    }

    @Test
    void theAppIsToldNothingThatTheProxyDoesNotList() {
        var told = told(signedIn("alice"), Fields.NONE).all().stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-auth-request"));
        assertThat(told)
                .isNotEmpty()
                .isSubsetOf(
                        "x-auth-request-user",
                        "x-auth-request-email",
                        "x-auth-request-preferred-username",
                        "x-auth-request-groups");
    }

    @Test
    void posternLogsByTheIdsThatTheAppSees() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e47%02x".formatted(kind.ordinal());
        var sent = Fields.of(
                "X-Request-Id", "asked-through-" + kind.label(), "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        // Envoy makes an id of its own
        var id = told(signedIn("alice"), sent).first("X-Request-Id").orElseThrow();
        Patience.until(
                Duration.ofSeconds(5),
                () -> bed.log()
                        .lines()
                        .anyMatch(line -> line.contains("\"request_id\":\"" + id + "\"")
                                && line.contains("\"trace_id\":\"" + trace + "\"")));
    }

    @Test
    void claimsOfAStrangerOpenNothing() {
        var claims = Fields.of(
                "Accept",
                "application/json",
                "X-Auth-Request-User",
                "alice",
                "X-Forwarded-Uri",
                "/ping",
                "X-Forwarded-Method",
                "OPTIONS",
                "X-Forwarded-For",
                "127.0.0.1",
                "X-Original-URL",
                site.home("/ping").toString());
        var answer = bed.browser().get(site.at("portal", "/api/headers"), claims);
        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void aDamagedSessionIsNone() {
        var browser = signedIn("alice");
        var cookie = browser.cookies().header(site.at("portal", "/"));
        var damaged = Fields.of("Accept", "application/json", "Cookie", cookie.substring(0, cookie.length() - 2));
        assertThat(bed.browser().get(site.at("portal", "/"), damaged).status()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSessionAtBothEnds() {
        var browser = bed.browser();
        Visits.signIn(browser, site.at("portal", "/"), "alice");
        var page = browser.follow(site.at("portal", "/"), site.at("portal", "/oauth2/sign_out"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.hops()).anyMatch(hop -> hop.address().getHost().equals(site.host(Site.IDENTITY)));
        assertThat(browser.fetch(site.at("console", "/")).status()).isEqualTo(401);
        var again = browser.open(site.at("portal", "/"));
        assertThat(again.address().getHost()).isEqualTo(site.host(Site.IDENTITY));
        assertThat(again.form()).isPresent();
    }

    @Test
    void theUserInfoIsForPeopleWithASession() {
        assertThat(bed.browser().fetch(site.home("/oauth2/userinfo")).status()).isEqualTo(401);
        var answer = signedIn("alice").fetch(site.home("/oauth2/userinfo"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("alice@akko.example");
    }

    @ParameterizedTest
    @CsvSource({"alice, 200", "bob, 403"})
    void whoMayNotIsRefusedAndNotSentToTheLogin(String user, int status) {
        var browser = signedIn(user);
        var page = browser.open(site.at("console", "/admins/"));
        assertThat(page.status()).isEqualTo(status);
        assertThat(page.hops()).hasSize(1);
        assertThat(browser.fetch(site.at("console", "/admins/x")).status()).isEqualTo(status);
    }

    @Test
    void aWriteReachesTheAppWithItsBody() {
        var browser = signedIn("alice");
        var answer = post(browser, "x".repeat(20_000));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"method\": \"POST\"").contains("20000");
        assertThat(post(bed.browser(), "x").status()).isEqualTo(401);
    }

    @Test
    void aLongCookieOfAnAppIsNoHindrance() {
        var cookie = signedIn("alice").cookies().header(site.at("console", "/")) + "; app=" + "x".repeat(9_000);
        var asked = Fields.of("Accept", "application/json", "Cookie", cookie);
        var answer = bed.browser().get(site.at("console", "/api/headers"), asked);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("alice@akko.example").contains("x".repeat(9_000));
    }

    private Message post(Browser browser, String body) {
        var address = site.at("console", "/api/headers");
        var fields = Fields.of(
                "Host", address.getRawAuthority(),
                "Accept", "*/*",
                "Cookie", browser.cookies().header(address),
                "Content-Type", "text/plain",
                "Content-Length", Integer.toString(body.length()));
        return browser.send(address, new Message("POST /api/headers HTTP/1.1", fields, body.getBytes(UTF_8)));
    }

    private Browser signedIn(String user) {
        return SIGNED_IN.computeIfAbsent(user, name -> {
            var browser = bed.browser();
            Visits.signIn(browser, site.at("portal", "/"), name);
            return browser;
        });
    }

    /** The headers the console received. */
    private Fields told(Browser browser, Fields sent) {
        var answer = browser.get(site.at("console", "/api/headers"), sent);
        assertThat(answer.status()).isEqualTo(200);
        return Visits.told(answer);
    }

    private static Fields fields(String lines) {
        var fields = Fields.NONE;
        for (var line : lines.split("; ")) {
            var parts = line.split(": ", 2);
            fields = fields.and(parts[0], parts[1]);
        }
        return fields;
    }
}
