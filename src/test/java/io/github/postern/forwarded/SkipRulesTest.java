package io.github.postern.forwarded;

import static io.github.postern.config.ForwardedSettings.Source.X_FORWARDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.github.postern.config.AdmissionSettings;
import io.github.postern.config.AdmissionSettings.SkipRoute;
import io.github.postern.fakes.Dialect;
import io.github.postern.fakes.FakeRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who passes without a session. */
final class SkipRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUZ-13 | ^/public/          | /public/../secret                     | false",
                "AUZ-13 | ^/public/          | /public/%2e%2e/secret                 | false",
                "AUZ-13 | ^/public/          | /public/./../secret                   | false",
                "AUZ-13 | ^/public/          | /public/..;/secret                    | false",
                "AUZ-13 | ^/public/          | /public/.                             | false",
                "AUZ-13 | ^/public/          | /secret/../public/x                   | false",
                "AUZ-15 | ^/api/.*/status$   | /api/private/sensitive?path=/status   | false",
                "AUZ-15 | ^/api/.*/status$   | /api/private%3fpath=/status           | false",
                "AUZ-15 | ^/api/.*/status$   | /api/private%23/status                | false",
                "rule14 | ^/api/.*/status$   | /api/foo;v=1/x;y/status               | true",
                "AUZ-15 | ^/api/.*/status$   | /api/foo/status                       | true",
                "AUZ-17 | /public            | /secret/public                        | true",
                "AUZ-17 | /public            | /publicity                            | true",
                "AUZ-17 | /public            | /secret                               | false",
                "AUZ-18 | ^/public/          | /PUBLIC/x                             | false",
                "AUZ-18 | ^/public/          | //public/x                            | true",
                "AUZ-18 | ^/public/          | /%70ublic/x                           | true",
                "AUZ-18 | ^/public/          | /Public/../public/x                   | false",
                "rule14 | ^/public/          | /public//x                            | true",
                "rule14 | ^/public/          | /public;jsession=1/x                  | false",
                "rule14 | ^/public/          | /public/%2fx                          | false",
                "rule14 | ^/public/          | /public/%2Fx                          | false",
                "rule14 | ^/public/          | /public/%5cx                          | false",
                "rule14 | ^/public/          | /public/%25x                          | false",
                "rule14 | ^/public/          | /public/x%2ejs                        | false",
                "rule14 | ^/public/          | /public/%00                           | false",
                "rule14 | ^/public/          | /public/%0a                           | false",
                "rule14 | ^/public/          | /public/%7f                           | false",
                "rule14 | ^/public/          | /public/%3bx                          | false",
                "rule14 | ^/public/          | /public/%zz                           | false",
                "rule14 | ^/public/          | /public/%                             | false",
                "rule14 | ^/public/          | /public/%ff                           | false",
                "rule14 | ^/public/          | /public/%c0%af                        | false",
                "rule14 | ^/public/          | /public/x#y                           | false",
                "rule14 | ^/public/          | /public/x\\y                          | false",
                "rule14 | ^/public/          | /public/a b                           | true",
                "rule14 | ^/public/          | /public/.well-known/x                 | true",
                "rule14 | ^/public/          | /public/x.js?y#z                      | true",
                "rule14 | ^/public/          | /public/...                           | true",
                "AUZ-13 | ^/public/          | /public/..%20/x                       | false",
                "AUZ-13 | ^/public/          | /public/.. /x                         | false",
                "AUZ-13 | ^/public/          | /public/.%20./x                       | false",
                "AUZ-13 | ^/public/          | /public/...%20/x                      | false",
                "AUZ-13 | ^/public/          | /public/..%C2%A0/x                    | false",
                "AUZ-13 | ^/public/          | /public/%ef%bc%8e%ef%bc%8e/x          | false",
                "AUZ-13 | ^/public/          | /public/.%e2%80%a4/x                  | false",
                "AUZ-13 | ^/public/          | /public/%e2%80%a5/x                   | false",
                "AUZ-13 | ^/public/          | /public/%e2%80%a6/x                   | false",
                "AUZ-13 | ^/public/          | /public/..%ef%bc%8fx                  | false",
                "AUZ-13 | ^/public/          | /public/..%ef%bc%bcx                  | false",
                "rule14 | ^/public/          | /public/x%ef%bc%9f%ef%bc%85%ef%bc%9b  | true",
                "rule14 | ^/public/          | /public/wait%e2%80%a6/a%20b           | true",
                "rule14 | ^/public/          | /public/%e2%84%a2%20%ef%ac%81         | true",
                "rule14 | ^/caf\u00e9$       | /caf%C3%A9                            | true",
                "rule14 | ^/$                | /                                     | true",
                "rule14 | ^/$                | //                                    | true",
                "rule14 | ^/public/          | /public/x;jsession=1                  | true",
                "rule14 | ^/public/          | /;/public/x                           | false",
                "rule14 | ^/$                | /;x                                   | false",
                "rule14 | ^/x/$              | /x/                                   | true",
                "rule14 | ^/x/$              | /x//;y                                | false",
            })
    void grantsByTheOnePathThatEveryoneReads(String id, String rule, String uri, boolean granted) {
        var rules = rules(new SkipRoute(Optional.empty(), false, Pattern.compile(rule)));

        assertThat(rules.grants(read(question("GET", uri)))).as(id).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, false, GET, /public/x, true",
        "GET, false, POST, /public/x, false",
        "GET, true, GET, /public/x, false",
        "GET, true, GET, /secret, true",
        "GET, true, POST, /secret, false",
        "GET, true, GET, /secret/../public/x, false",
        "GET, true, GET, /%2e%2e, false",
        "'', true, PUT, /secret, true",
        "'', false, PUT, /public/x, true",
    })
    void heedsMethodAndNegation(String method, boolean negated, String asked, String uri, boolean granted) {
        var rules = rules(new SkipRoute(Optional.of(method).filter(text -> !text.isEmpty()), negated, PUBLIC));

        assertThat(rules.grants(read(question(asked, uri)))).isEqualTo(granted);
    }

    @Test
    void aRuleForAMethodWantsTheMethodTold() {
        var question = question("GET", "/public/x").without("X-Forwarded-Method");

        assertThat(rules(new SkipRoute(Optional.of("GET"), false, PUBLIC)).grants(read(question)))
                .isFalse();
        assertThat(rules(new SkipRoute(Optional.empty(), false, PUBLIC)).grants(read(question)))
                .isTrue();
    }

    @Test
    void anyOfSeveralRulesIsEnough() {
        var rules = rules(
                new SkipRoute(Optional.empty(), false, Pattern.compile("^/other")),
                new SkipRoute(Optional.empty(), false, PUBLIC));

        assertThat(rules.grants(read(question("GET", "/public/x")))).isTrue();
    }

    /** FWD-01, FWD-02, FWD-05, FWD-11, FWD-13 */
    @Test
    void grantsNothingInDoubt() {
        var rules = new SkipRules(
                settings(List.of(new SkipRoute(Optional.empty(), false, Pattern.compile(""))), true, "0.0.0.0/0"));

        assertThat(rules.grants(read(question("GET", "/x")))).as("control").isTrue();
        assertThat(rules.grants(read(question("GET", "/x").from("127.0.0.2")))).isFalse();
        assertThat(rules.grants(read(question("GET", "/x").header("X-Forwarded-Uri", "/x"))))
                .isFalse();
        assertThat(rules.grants(read(question("GET", "/x").without("X-Forwarded-Uri"))))
                .isFalse();
        assertThat(rules.grants(read(question("GET", "/x").header("X-Original-URL", "https://app.akko.local/y"))))
                .isFalse();
        assertThat(rules.grants(read(FakeRequest.get("/oauth2/auth")))).isFalse();
    }

    /** AUZ-20 */
    @ParameterizedTest
    @CsvSource({"true, OPTIONS, true", "false, OPTIONS, false", "true, GET, false"})
    void grantsPreflightsOnlyWhenTold(boolean on, String method, boolean granted) {
        var question = question(method, "/%2e%2e/x")
                .header("Origin", "https://other.akko.local")
                .header("Access-Control-Request-Method", "PUT");

        assertThat(new SkipRules(settings(List.of(), on)).grants(read(question)))
                .isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24, 203.0.113.7, true",
        "203.0.113.0/24, 198.51.100.1, false",
        "203.0.113.0/24, , false",
        "203.0.113.0/24, nonsense, false",
        "127.0.0.0/8, , false",
        "127.0.0.0/8, 203.0.113.7, false",
        "2001:db8::/32, 2001:db8::1, true",
    })
    void grantsTrustedClientsByTheAddressTheProxyTold(String network, String client, boolean granted) {
        var question = question("POST", "/x").without("X-Real-IP").without("X-Forwarded-For");
        Optional.ofNullable(client).ifPresent(address -> question.header("X-Real-IP", address));

        assertThat(new SkipRules(settings(List.of(), false, network)).grants(read(question)))
                .isEqualTo(granted);
    }

    /** Caddy and HAProxy set X-Forwarded-For, and let a client's own X-Real-IP through. */
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, true",
        "'198.51.100.1, 203.0.113.7', true",
        "'203.0.113.7, 10.0.0.1', true",
        "198.51.100.1, false",
        "'203.0.113.7, 198.51.100.1', false",
        "nonsense, false",
    })
    void believesARealAddressThatTheForwardedOnesConfirm(String forwardedFor, boolean granted) {
        var question = question("POST", "/x")
                .without("X-Real-IP")
                .without("X-Forwarded-For")
                .header("X-Real-IP", "203.0.113.7")
                .header("X-Forwarded-For", forwardedFor);

        assertThat(new SkipRules(settings(List.of(), false, "203.0.113.0/24")).grants(read(question)))
                .isEqualTo(granted);
    }

    /** FWD-15 */
    @Test
    void grantsNoStrangerWhoNamesATrustedClient() {
        var question = question("GET", "/x").from("192.0.2.1").header("X-Forwarded-For", "127.0.0.1, 10.0.0.1");

        assertThat(new SkipRules(settings(List.of(), false, "127.0.0.0/8", "203.0.113.7")).grants(read(question)))
                .isFalse();
    }

    @Test
    void grantsNothingUnlessSomethingIsConfigured() {
        assertThat(new SkipRules(settings(List.of(), false)).grants(read(question("GET", "/public/x"))))
                .isFalse();
    }

    private static final Pattern PUBLIC = Pattern.compile("^/public/");

    private static SkipRules rules(SkipRoute... routes) {
        return new SkipRules(settings(List.of(routes), false));
    }

    private static AdmissionSettings settings(List<SkipRoute> routes, boolean preflight, String... clients) {
        return new AdmissionSettings(List.of("*"), List.of(), routes, preflight, Forwarded.networks(clients));
    }

    private static ForwardedRequest read(FakeRequest question) {
        return Forwarded.reader(X_FORWARDED).read(question.toRequest());
    }

    private static FakeRequest question(String method, String uri) {
        return Dialect.CADDY.ask(FakeRequest.of(method, uri).over("https").header("Host", "app.akko.local"));
    }
}
