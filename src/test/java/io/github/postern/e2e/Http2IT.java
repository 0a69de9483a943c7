package io.github.postern.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.testbed.Browser;
import io.github.postern.testbed.Fields;
import io.github.postern.testbed.Gateway;
import io.github.postern.testbed.Message;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented configuration behind each real gateway, asked over HTTP/2 as every browser asks. */
@Alone("one Keycloak and one gateway serve all classes that need them")
@ParameterizedClass(name = "{0}")
@MethodSource("gateways")
@ExtendWith(SharedTestBed.class)
final class Http2IT {
    private static final Fields NAVIGATION =
            Fields.of("Accept", "text/html", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document");

    @Parameter
    Gateway.Kind kind;

    private final TestBed bed;
    private final Site site;

    Http2IT(TestBed bed) {
        this.bed = bed;
        this.site = bed.site();
    }

    static List<Gateway.Kind> gateways() {
        return GatewaysIT.gateways().stream()
                .filter(kind -> kind != Gateway.Kind.BUILTIN)
                .toList();
    }

    @BeforeParameterizedClassInvocation
    static void use(Gateway.Kind kind, TestBed bed) {
        bed.use(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/deep/er?a=1&b=%2F&c=%C3%A4+%22&a=2", "/a%20b/%C3%BC"})
    void aNavigationIsLedToTheLoginAndBack(String path) {
        var address = site.at("console", path);
        var answer = ask(address, NAVIGATION);
        assertThat(answer.status()).isEqualTo(302);
        var browser = bed.browser();
        browser.cookies().take(address, answer.fields().values("Set-Cookie"));
        var login = URI.create(answer.fields().first("Location").orElseThrow());
        var page = Visits.signIn(browser, login, "alice");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.address()).isEqualTo(address);
    }

    @Test
    void aPublicPathIsOpen() {
        assertThat(ask(site.at("portal", "/open/x?y=1"), NAVIGATION).status()).isEqualTo(200);
    }

    @Test
    void aProgramIsRefusedAndNotRedirected() {
        var answer = ask(site.at("console", "/api/headers"), Fields.of("Accept", "application/json"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.fields().values("Location")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"alice, 200", "bob, 403"})
    void aSessionCountsByTheRuleOfItsPath(String user, int status) {
        var address = site.at("console", "/admins/x?y=1");
        assertThat(ask(address, session(signedIn(user), address)).status()).isEqualTo(status);
    }

    @Test
    void theAppIsToldWhoAsksAndNothingThatAClientClaims() {
        var address = site.at("console", "/api/headers");
        var claims = Fields.of(
                "X-Auth-Request-User", "claimed-1",
                "X_Auth_Request_User", "claimed-2",
                "X-Auth-Request-Jwt", "claimed-3");
        var answer = ask(address, session(signedIn("alice"), address).and(claims));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("alice@akko.example").doesNotContain("claimed");
    }

    private Message ask(URI address, Fields fields) {
        try (var client = bed.http2()) {
            var answer = client.get(address, fields);
            assertThat(answer.start()).startsWith("HTTP/2 ");
            return answer;
        }
    }

    private Browser signedIn(String user) {
        var browser = bed.browser();
        Visits.signIn(browser, site.at("portal", "/"), user);
        return browser;
    }

    /** Over HTTP/2 a browser may send each cookie in a line of its own. RFC 9113, 8.2.3 */
    private static Fields session(Browser browser, URI address) {
        var fields = Fields.of("Accept", "application/json", "Cookie", "app=1");
        for (var cookie : browser.cookies().header(address).split("; ")) {
            fields = fields.and("Cookie", cookie);
        }
        return fields;
    }
}
