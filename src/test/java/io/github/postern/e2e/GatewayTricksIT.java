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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sends who knows the gateways well: requests that two of the parts might read differently. */
@Alone("one Keycloak and one gateway serve all classes that need them")
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.postern.e2e.GatewaysIT#gateways")
@ExtendWith(SharedTestBed.class)
final class GatewayTricksIT {
    /** Those that can drop headers by a pattern alone; the others drop what Postern is known to send. */
    private static final Set<Gateway.Kind> DROPS_ANY_NAME =
            EnumSet.complementOf(EnumSet.of(Gateway.Kind.NGINX, Gateway.Kind.TRAEFIK));

    /** Alice, once signed in behind this gateway: that costs a second. */
    private static Browser alice;

    @Parameter
    Gateway.Kind kind;

    private final Site site;

    GatewayTricksIT(TestBed bed) {
        this.site = bed.site();
    }

    @BeforeParameterizedClassInvocation
    static void use(Gateway.Kind kind, TestBed bed) {
        bed.use(kind);
        alice = bed.browser();
        var page = Visits.signIn(alice, bed.site().at("portal", "/"), "alice");
        assertThat(page.status()).isEqualTo(200);
    }

    @Test
    void whatIsPublicOnOneHostIsThereForEverybody() {
        var answer = send("portal", "/open/x", "portal");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<title>portal");
        assertThat(send("live", "/shared/x", "live").status()).isEqualTo(200);
        assertThat(send("console", "/open/x", "console").status()).isEqualTo(401);
        assertThat(send("console", "/shared/x", "console").status()).isEqualTo(401);
    }

    /**
     * PUBLIC and CONSOLE stand for the two hosts with the site's port, {@code /free} for what is public on the one alone: once on one that
     * a configuration names before the console, once on one that it names after. A semicolon parts the lines of Host.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://CONSOLE/free/x        | PUBLIC
            http://CONSOLE/free/x         | PUBLIC
            //CONSOLE/free/x              | PUBLIC
            https://PUBLIC@CONSOLE/free/x | PUBLIC
            https://PUBLIC@CONSOLE/free/x | CONSOLE
            https://CONSOLE/free/x        | CONSOLE
            https://PUBLIC/free/x         | CONSOLE
            /free/x                       | CONSOLE,PUBLIC
            /free/x                       | CONSOLE, PUBLIC
            /free/x                       | PUBLIC,CONSOLE
            /free/x                       | PUBLIC CONSOLE
            /free/x                       | CONSOLE;PUBLIC
            /free/x                       | PUBLIC;CONSOLE
            /free/x                       | PUBLIC@CONSOLE
            /free/x                       | CONSOLE@PUBLIC
            /free/x                       | PUBLIC:CONSOLE
            /free/x                       | CONSOLE:PUBLIC
            /free/x                       | CONSOLE/PUBLIC
            /free/x                       | PUBLIC/CONSOLE
            /free/x                       | CONSOLE#PUBLIC
            /free/x                       | console.akko.local,public.akko.local
            /free/x                       | console.akko.local, public.akko.local
            /free/x                       | public.akko.local,console.akko.local
            https://console.akko.local/free/x | public.akko.local
            /free/x                       | Console.Akko.Local
            /free/x                       | console.akko.local
            /free/x                       | console.akko.local.
            /free/x                       | console.akko.local.:443
            """)
    void aHostThatIsReadTwoWaysOpensNoOtherApp(String target, String hosts) {
        for (var open : Map.of("portal", "/open/", "live", "/shared/").entrySet()) {
            for (var name : List.of(open.getKey(), "console")) {
                var asked = named(target, open.getKey()).replace("/free/", open.getValue());
                var answer = send(name, asked, named(hosts, open.getKey()).split(";"));
                assertThat(answer.text()).doesNotContain("<title>console");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h2c",
                "tunnel",
                "h2c, websocket",
                "websocket, h2c",
                "h2c;websocket",
                "websocket;h2c",
                "websockets"
            })
    void onlyAWebSocketIsATunnel(String tokens) {
        var fields = Fields.of("Connection", "Upgrade, HTTP2-Settings", "HTTP2-Settings", "AAMAAABkAAQAAP__");
        for (var token : tokens.split(";")) {
            fields = fields.and("Upgrade", token);
        }
        var answer = asAlice(fields);
        assertThat(Visits.told(answer).values("Upgrade")).allMatch("websocket"::equals);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "close, X-Auth-Request-User, X-Auth-Request-Preferred-Username, X-Auth-Request-Email, X-Auth-Request-Groups",
                "x-auth-request-user,x-auth-request-preferred-username",
                "Upgrade, X-Auth-Request-User, X-Auth-Request-Preferred-Username",
                "X-Forwarded-Host, X-Forwarded-Uri, X-Forwarded-Method, X-Forwarded-Proto, X-Real-IP, X-Original-URL"
            })
    void aClientDoesNotTakeTheIdentityAway(String connection) {
        var fields = Fields.of("Connection", connection);
        // Envoy hands on no body of an answer that does not agree to the upgrade
        var answer = asAlice(kind == Gateway.Kind.ENVOY ? fields : fields.and("Upgrade", "websocket"));
        assertThat(answer.status()).isIn(200, 400, 401);
        if (answer.status() == 200) {
            assertThat(Visits.told(answer).values("X-Auth-Request-Preferred-Username"))
                    .containsExactly("alice");
            assertThat(Visits.told(answer).values("X-Auth-Request-User")).hasSize(1);
        }
    }

    /** All that may stand in the name of a header, beside letters and digits. RFC 9110 §5.6.2 */
    @ParameterizedTest
    @ValueSource(chars = {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
    void noSpellingOfOurNamesComesFromAClient(char separator) {
        var claims = Fields.of(
                "X-Auth-Request-User".replace('-', separator),
                "claimed-1",
                "x-auth-request-groups".replace('-', separator),
                "claimed-2",
                "X" + separator + "Auth-Request-User",
                "claimed-3",
                "X-Auth" + separator + "Request-User",
                "claimed-4",
                "X-Auth-Request" + separator + "User",
                "claimed-5",
                "X-Auth-Request-Preferred" + separator + "Username",
                "claimed-6");
        var answer = asAlice(claims);
        // a name that is none to the proxy may well be refused
        assertThat(answer.status()).isIn("-_.".indexOf(separator) >= 0 ? List.of(200) : List.of(200, 400));
        assertThat(answer.status() == 200)
                .isEqualTo(Visits.told(answer).all().stream().anyMatch(GatewayTricksIT::isAlice));
        assertThat(Visits.told(answer).all()).noneMatch(field -> field.value().contains("claimed"));
    }

    private static boolean isAlice(Fields.Field field) {
        return field.name().equalsIgnoreCase("X-Auth-Request-Preferred-Username")
                && field.value().equals("alice");
    }

    @Test
    void noNameThatPosternMaySendComesFromAClient() {
        var claims = Fields.of(
                "X-Auth-Request-Access-Token", "claimed-1",
                "X-Auth-Request-Jwt", "claimed-2",
                "X-Auth-Request-Redirect", "claimed-3");
        if (DROPS_ANY_NAME.contains(kind)) {
            claims = claims.and("X-Auth-Request-Tenant", "claimed-4").and("x-auth-request", "claimed-5");
        }
        var told = Visits.told(asAlice(claims)).all();
        assertThat(told)
                .anyMatch(GatewayTricksIT::isAlice)
                .noneMatch(field -> field.value().contains("claimed"));
    }

    /** A request without cookies, with the TLS name of one host and whatever lines of {@code Host}. */
    private Message send(String name, String target, String... hosts) {
        var fields = Fields.of("Accept", "application/json");
        for (var host : hosts) {
            fields = fields.and("Host", spelt(host));
        }
        return alice.send(site.at(name, "/"), Message.request("GET", target, fields));
    }

    private String spelt(String host) {
        return Site.APPS.contains(host) ? site.at(host, "").getRawAuthority() : host;
    }

    private String named(String text, String open) {
        return text.replace("PUBLIC", spelt(open))
                .replace("public.akko.local", site.host(open))
                .replace("CONSOLE", spelt("console"));
    }

    private Message asAlice(Fields fields) {
        return alice.get(headers(), fields.and("Accept", "application/json"));
    }

    private URI headers() {
        return site.at("console", "/api/headers");
    }
}
