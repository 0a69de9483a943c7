package io.github.postern.forwarded;

import static io.github.postern.config.ForwardedSettings.Source.REQUEST;
import static io.github.postern.config.ForwardedSettings.Source.X_FORWARDED;
import static io.github.postern.config.ForwardedSettings.Source.X_ORIGINAL_URL;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.ForwardedSettings.Source;
import io.github.postern.fakes.Dialect;
import io.github.postern.fakes.FakeRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of a proxy's question, and of whom. */
final class ForwardedRequestsTest {
    @Test
    void tellsWhatTheUserAskedFor() {
        var asked = read(question());

        assertThat(asked.certain()).isTrue();
        assertThat(asked.method()).hasValue("GET");
        assertThat(asked.scheme()).isEqualTo("https");
        assertThat(asked.webSocket()).isFalse();
        assertThat(asked.host()).hasValue("app.akko.local");
        assertThat(asked.uri()).isEqualTo("/x?y");
        assertThat(asked.url()).hasValue("https://app.akko.local/x?y");
        assertThat(asked.routePaths()).containsExactly("/x");
        assertThat(asked.peer()).isEqualTo("127.0.0.1");
        assertThat(asked.client()).hasValue("203.0.113.7");
        assertThat(asked.redirectCapable()).isTrue();
        assertThat(asked.preflight()).isFalse();
    }

    @Test
    void readsARequestOnce() {
        var request = question().toRequest();
        var reader = Forwarded.reader(X_FORWARDED);
        assertThat(reader.read(request)).isSameAs(reader.read(request));
    }

    /** FWD-01 */
    @ParameterizedTest
    @EnumSource(Source.class)
    void believesNoStranger(Source source) {
        var asked = Forwarded.reader(source)
                .read(FakeRequest.of("POST", "/own?q")
                        .from("127.0.0.2")
                        .header("Host", "Postern:4180")
                        .headers(
                                "X-Forwarded-Method: OPTIONS",
                                "X-Forwarded-Proto: wss",
                                "X-Forwarded-Host: evil.example")
                        .headers("X-Forwarded-Uri: /public/x", "X-Original-URL: https://evil.example/public/x")
                        .headers("X-Original-Method: GET", "X-Real-IP: 127.0.0.1", "X-Forwarded-For: 127.0.0.1")
                        .toRequest());

        assertThat(asked.method()).hasValue("POST");
        assertThat(asked.scheme()).isEqualTo("http");
        assertThat(asked.webSocket()).isFalse();
        assertThat(asked.host()).hasValue("postern:4180");
        assertThat(asked.uri()).isEqualTo("/own?q");
        assertThat(asked.client()).hasValue("127.0.0.2");
        assertThat(asked.certain())
                .as("its own line is the request only for ext_authz")
                .isEqualTo(source == REQUEST);
        assertThat(asked.redirectCapable()).isEqualTo(source == REQUEST);
    }

    @Test
    void leadsNobodyBackToAStrangersAddress() {
        assertThat(read(question().from("127.0.0.2")).returnTarget("/oauth2")).isEqualTo("/");
        assertThat(read(question().from("127.0.0.2")).routePaths()).isEmpty();
    }

    /** FWD-02 */
    @Test
    void isCertainOfALoneUri() {
        var asked = read(FakeRequest.get("/oauth2/auth").header("X-Forwarded-Uri", "/public/x"));

        assertThat(asked.certain()).isTrue();
        assertThat(asked.routePaths()).containsExactly("/public/x");
        assertThat(asked.method())
                .as("a proxy's GET says nothing of the user's method")
                .isEmpty();
        assertThat(asked.url()).isEmpty();
        assertThat(asked.returnTarget("/oauth2")).isEqualTo("/public/x");
    }

    /** A proxy that only passes requests on: good enough to lead somebody back, not to let anybody pass. */
    @ParameterizedTest
    @CsvSource({
        "/app/x?y=1, 127.0.0.1, /app/x?y=1",
        "/app/x?y=1, 127.0.0.2, /app/x?y=1",
        "/oauth2/auth, 127.0.0.1, /",
        "/oauth2/start?rd=x, 127.0.0.1, /",
        "/OAuth2/start, 127.0.0.1, /",
        "/a/../oauth2/start, 127.0.0.1, /",
    })
    void leadsBackToItsOwnLineWhereNothingIsTold(String uri, String peer, String target) {
        var asked = read(FakeRequest.get(uri).from(peer));

        assertThat(asked.returnTarget("/oauth2")).isEqualTo(target);
        assertThat(asked.routePaths()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https, app.akko.local, https://app.akko.local/app/x",
        "wss, app.akko.local, https://app.akko.local/app/x",
        "https, , /app/x",
        ", app.akko.local, /app/x",
        "ftp, app.akko.local, /",
    })
    void leadsBackToTheHostThatIsToldWithoutAnAddress(String scheme, String host, String target) {
        var request = FakeRequest.get("/app/x");
        Optional.ofNullable(scheme).ifPresent(told -> request.header("X-Forwarded-Proto", told));
        Optional.ofNullable(host).ifPresent(told -> request.header("X-Forwarded-Host", told));

        assertThat(read(request).returnTarget("/oauth2")).isEqualTo(target);
    }

    /** FWD-05, FWD-13, and the fixtures of what is told badly. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "~",
            value = {
                "X-Forwarded-Uri    | - | ~",
                "X-Forwarded-Uri    | /secret | /public/x",
                "X-Forwarded-Uri    | /public/x | /secret",
                "X-Forwarded-Uri    | `` | ~",
                "X-Forwarded-Uri    | x | ~",
                "X-Forwarded-Uri    | https://evil.example/ | ~",
                "X-Forwarded-Uri    | `/x\ty` | ~",
                "X-Forwarded-Uri    | /x\u0000y | ~",
                "X-Forwarded-Uri    | /x\u007f | ~",
                "X-Forwarded-Uri    | /x\u0100 | ~",
                "X-Forwarded-Host   | app.akko.local | evil.example",
                "X-Forwarded-Host   | `` | ~",
                "X-Forwarded-Host   | app.akko.local, evil.example | ~",
                "X-Forwarded-Host   | user@app.akko.local | ~",
                "X-Forwarded-Host   | app.akko.local/x | ~",
                "X-Forwarded-Host   | app.akko.local: | ~",
                "X-Forwarded-Host   | app.akko.local:0 | ~",
                "X-Forwarded-Host   | app.akko.local:65536 | ~",
                "X-Forwarded-Host   | app.akko.local:123456 | ~",
                "X-Forwarded-Host   | app.akko.local:8o | ~",
                "X-Forwarded-Host   | app.akko.local:80:80 | ~",
                "X-Forwarded-Host   | app..local | ~",
                "X-Forwarded-Host   | .akko.local | ~",
                "X-Forwarded-Host   | app.akko.local. | ~",
                "X-Forwarded-Host   | :80 | ~",
                "X-Forwarded-Host   | app%2eakko.local | ~",
                "X-Forwarded-Host   | [::1 | ~",
                "X-Forwarded-Host   | [] | ~",
                "X-Forwarded-Host   | [::1]x | ~",
                "X-Forwarded-Host   | [::1%25eth0] | ~",
                "X-Forwarded-Host   | [127.0.0.1] | ~",
                "X-Forwarded-Host   | \u00e4.akko.local | ~",
                "X-Forwarded-Proto  | https | http",
                "X-Forwarded-Proto  | https, http | ~",
                "X-Forwarded-Proto  | ftp | ~",
                "X-Forwarded-Proto  | `` | ~",
                "X-Forwarded-Proto  | javascript | ~",
                "X-Forwarded-Method | GET | OPTIONS",
                "X-Forwarded-Method | get | ~",
                "X-Forwarded-Method | `` | ~",
                "X-Forwarded-Method | GET, OPTIONS | ~",
                "X-Forwarded-Method | ABCDEFGHIJKLMNOPQRSTU | ~",
                "X-Forwarded-Method | M_SEARCH | ~",
            })
    void isNotCertainOfWhatIsToldTwiceOrBadly(String header, String value, String second) {
        var question = question().without(header);
        if (!value.equals("-")) {
            question.header(header, value);
        }
        if (second != null) {
            question.header(header, second);
        }
        var asked = read(question);

        assertThat(asked.certain()).isFalse();
        assertThat(asked.url()).isEmpty();
        assertThat(asked.routePaths()).isEmpty();
        assertThat(asked.returnTarget("/oauth2")).isIn("/", "https://app.akko.local/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Method", "X-Forwarded-Proto", "X-Forwarded-Host"})
    void isCertainOfTheUriWhereAnotherPartIsUntold(String missing) {
        assertThat(read(question().without(missing)).certain()).isTrue();
    }

    @Test
    void boundsTheUri() {
        var longest = "/" + "a".repeat(8191);

        assertThat(read(question(longest)).uri()).isEqualTo(longest);
        assertThat(read(question(longest + "a")).certain()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "app.akko.local:8443, app.akko.local:8443",
        "APP.Akko.Local, app.akko.local",
        "a_b-1.akko.local:65535, a_b-1.akko.local:65535",
        "[2001:DB8::1]:8443, [2001:db8::1]:8443",
        "[::1], [::1]",
        "127.0.0.1, 127.0.0.1",
    })
    void takesHostsInAnyCase(String told, String host) {
        assertThat(read(question().without("X-Forwarded-Host").header("X-Forwarded-Host", told))
                        .host())
                .hasValue(host);
    }

    /** FWD-08, FWD-09: what a page's address would say. */
    @ParameterizedTest
    @CsvSource({"http, http, false", "https, https, false", "HTTPS, https, false", "ws, http, true", "wss, https, true"
    })
    void mapsTheSchemeOfAWebSocket(String told, String scheme, boolean socket) {
        var asked = read(question().without("X-Forwarded-Proto").header("X-Forwarded-Proto", told));

        assertThat(asked.scheme()).isEqualTo(scheme);
        assertThat(asked.webSocket()).isEqualTo(socket);
        assertThat(asked.url()).hasValue(scheme + "://app.akko.local/x?y");
    }

    @Test
    void takesOurOwnSchemeWhereNoneIsTold() {
        assertThat(read(question().without("X-Forwarded-Proto").over("https")).scheme())
                .isEqualTo("https");
        assertThat(read(question().without("X-Forwarded-Proto")).scheme()).isEqualTo("http");
    }

    /** FWD-11, FWD-16, RDT-15 and the underscores: these say nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Prefix: /public",
                "X-Forwarded-Port: 1337",
                "Forwarded: for=127.0.0.1;host=evil.example;proto=http",
                "X_Forwarded_Uri: /public/x",
                "X_Forwarded_Host: evil.example",
                "X-Original-URI: /public/x",
                "Connection: close, X-Forwarded-Uri, X-Forwarded-Host",
            })
    void neverReadsTheseHeaders(String line) {
        assertThat(read(question().headers(line))).isEqualTo(read(question()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "X_FORWARDED    | X-Original-URL: https://app.akko.local/x?y      | true",
                "X_FORWARDED    | X-Original-URL: https://App.akko.local/x?y      | true",
                "X_FORWARDED    | X-Original-URL: https://app.akko.local/public   | false",
                "X_FORWARDED    | X-Original-URL: http://app.akko.local/x?y       | false",
                "X_FORWARDED    | X-Original-URL: https://evil.example/x?y        | false",
                "X_FORWARDED    | X-Original-URL: /x?y                            | false",
                "X_FORWARDED    | X-Original-URL: https://app.akko.local          | false",
                "X_FORWARDED    | X-Original-URL: javascript://app.akko.local/x?y | false",
                "X_FORWARDED    | X-Original-Method: GET                          | true",
                "X_FORWARDED    | X-Original-Method: OPTIONS                      | false",
                "X_FORWARDED    | X-Original-Method: get                          | false",
                "X_ORIGINAL_URL | X-Forwarded-Uri: /x?y                           | true",
                "X_ORIGINAL_URL | X-Forwarded-Uri: /public/x                      | false",
                "X_ORIGINAL_URL | X-Forwarded-Host: evil.example                  | false",
                "X_ORIGINAL_URL | X-Forwarded-Proto: http                         | false",
                "X_ORIGINAL_URL | X-Forwarded-Proto: wss                          | true",
                "X_ORIGINAL_URL | X-Forwarded-Method: POST                        | false",
                "REQUEST        | X-Forwarded-Uri: /x?y                           | true",
                "REQUEST        | X-Forwarded-Uri: /public/x                      | false",
                "REQUEST        | X-Original-URL: https://app.akko.local/public   | false",
                "REQUEST        | X-Forwarded-Host: evil.example                  | false",
            })
    void isNotCertainWhereTwoFamiliesDisagree(Source source, String line, boolean certain) {
        var dialect = switch (source) {
            case X_FORWARDED -> Dialect.TRAEFIK;
            case X_ORIGINAL_URL -> Dialect.INGRESS_NGINX;
            case REQUEST -> Dialect.ENVOY;
        };
        var question =
                dialect.ask(FakeRequest.parse("GET https://app.akko.local/x?y")).headers(line);

        assertThat(Forwarded.reader(source).read(question.toRequest()).certain())
                .isEqualTo(certain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://app.akko.local",
                "/x",
                "//app.akko.local/x",
                "https:/app.akko.local/x",
                "https://a b/x",
                "https:///x"
            })
    void isNotCertainOfABadOriginalUrl(String url) {
        var question =
                FakeRequest.get("/oauth2/auth").header("X-Original-URL", url).toRequest();

        assertThat(Forwarded.reader(X_ORIGINAL_URL).read(question).certain()).isFalse();
        assertThat(Forwarded.reader(X_ORIGINAL_URL).read(question).uri()).isEqualTo("/");
    }

    @Test
    void isNotCertainOfTwoOriginalUrls() {
        var question = Dialect.INGRESS_NGINX
                .ask(FakeRequest.parse("GET https://app.akko.local/x"))
                .header("X-Original-URL", "https://app.akko.local/x");

        assertThat(Forwarded.reader(X_ORIGINAL_URL).read(question.toRequest()).certain())
                .isFalse();
    }

    @Test
    void takesOurOwnEndpointsForNobodysApp() {
        var toUs = FakeRequest.get("/oauth2/auth?x")
                .header("Host", "app.akko.local")
                .toRequest();

        assertThat(Forwarded.reader(REQUEST).read(toUs).certain()).isFalse();
    }

    /** RDT-14 */
    @Test
    void keepsAnAddressByteForByte() {
        String raw = "/app/discover?_g=(filters:!(),q:'a b')&_a={\"x\":[1]}&p=a%2Fb%20c+d";

        assertThat(read(question(raw)).url())
                .hasValue(
                        "https://app.akko.local/app/discover?_g=(filters:!(),q:'a%20b')&_a=%7B%22x%22:%5B1%5D%7D&p=a%2Fb%20c+d");
    }

    @Test
    void encodesTheOctetsOfAHeader() {
        String raw = new String("/café".getBytes(UTF_8), ISO_8859_1);

        assertThat(read(question(raw)).uri()).isEqualTo("/caf%C3%A9");
        assertThat(read(question(raw)).routePaths()).containsOnly("/café");
    }

    @ParameterizedTest
    @CsvSource({
        "/x?y, https://app.akko.local/x?y",
        "/oauth2, https://app.akko.local/",
        "/oauth2/sign_out, https://app.akko.local/",
        "/OAUTH2/sign_out?x, https://app.akko.local/",
        "/%6fauth2/start, https://app.akko.local/",
        "//oauth2/start, https://app.akko.local/",
        "/x/../oauth2/start, https://app.akko.local/",
        "/x/%2e%2e/y, https://app.akko.local/",
        "/oauth2x, https://app.akko.local/oauth2x",
        "/x?/oauth2/, https://app.akko.local/x?/oauth2/",
    })
    void neverLeadsBackIntoALogin(String uri, String target) {
        assertThat(read(question(uri)).returnTarget("/oauth2")).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, Origin, Access-Control-Request-Method, true",
        "OPTIONS, Origin, X, false",
        "OPTIONS, X, Access-Control-Request-Method, false",
        "GET, Origin, Access-Control-Request-Method, false",
    })
    void knowsAPreflight(String method, String one, String other, boolean preflight) {
        var question = question().without("X-Forwarded-Method").header("X-Forwarded-Method", method);

        assertThat(read(question.header(one, "x").header(other, "x")).preflight())
                .isEqualTo(preflight);
    }

    /** FWD-15, RES-19 */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "X-Real-IP       | 203.0.113.7                  | 203.0.113.7",
                "X-Real-IP       | 203.0.113.7:1234             | 203.0.113.7",
                "X-Real-IP       | 2001:db8::1                  | 2001:db8::1",
                "X-Real-IP       | [2001:db8::1]:1234           | 2001:db8::1",
                "X-Real-IP       | 203.0.113.7, 127.0.0.1       | -",
                "X-Real-IP       | unknown                      | -",
                "X-Real-IP       | <script>                     | -",
                "X-Real-IP       | [                            | -",
                "X-Real-IP       | []                           | -",
                "X-Real-IP       | [2001:db8::1]                | -",
                "X-Real-IP       | [203.0.113.7]                | -",
                "X-Forwarded-For | 203.0.113.7                  | 203.0.113.7",
                "X-Forwarded-For | 127.0.0.1, 203.0.113.7       | 203.0.113.7",
                "X-Forwarded-For | 127.0.0.1,203.0.113.7,10.0.0.9 | 203.0.113.7",
                "X-Forwarded-For | 203.0.113.7, nonsense        | -",
                "X-Forwarded-For | nonsense, 203.0.113.7        | 203.0.113.7",
                "X-Forwarded-For | 203.0.113.7,                 | -",
                "X-Forwarded-For | 10.1.2.3                     | 10.1.2.3",
                "X-Forwarded-For | 127.0.0.1, 10.1.2.3          | -",
                "X-Forwarded-For | 203.0.113.7:5, 10.1.2.3:6    | 203.0.113.7",
                "cf-connecting-ip | 203.0.113.7                 | 203.0.113.7",
            })
    void findsTheUsersAddress(String header, String value, String client) {
        var asked = Forwarded.reader(X_FORWARDED, header)
                .read(question()
                        .without("X-Real-IP")
                        .without("X-Forwarded-For")
                        .header(header, value)
                        .toRequest());

        assertThat(asked.client().orElse(null)).isEqualTo(client);
    }

    @Test
    void readsTheLinesOfAListFromTheLast() {
        var question = question()
                .without("X-Forwarded-For")
                .header("X-Forwarded-For", "198.51.100.1")
                .header("X-Forwarded-For", "203.0.113.7, 10.0.0.1");

        assertThat(Forwarded.reader(X_FORWARDED, "X-Forwarded-For")
                        .read(question.toRequest())
                        .client())
                .hasValue("203.0.113.7");
    }

    @Test
    void knowsNoAddressThatIsToldTwiceOrNotAtAll() {
        assertThat(read(question().header("X-Real-IP", "203.0.113.7")).client()).isEmpty();
        assertThat(read(question().without("X-Real-IP")).client()).isEmpty();
    }

    /** RES-19 */
    @Test
    void followsNoEndlessListOfHops() {
        String hops = "203.0.113.7" + ", 10.0.0.1".repeat(5000);
        var question = question().without("X-Forwarded-For").header("X-Forwarded-For", hops);

        assertThat(Forwarded.reader(X_FORWARDED, "X-Forwarded-For")
                        .read(question.toRequest())
                        .client())
                .isEmpty();
    }

    private static ForwardedRequest read(FakeRequest question) {
        return Forwarded.reader(X_FORWARDED).read(question.toRequest());
    }

    private static FakeRequest question() {
        return question("/x?y");
    }

    private static FakeRequest question(String uri) {
        return Dialect.TRAEFIK
                .ask(FakeRequest.parse("GET https://app.akko.local/x?y"))
                .without("X-Forwarded-Uri")
                .header("X-Forwarded-Uri", uri);
    }

    /** An answer with a password in it is for apps; a browser that asks us itself must not read it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "X_FORWARDED    | 10.0.0.1 | -                            | -                                       | true",
                "X_FORWARDED    | 10.0.0.1 | X-Forwarded-Uri: /x          | -                                       | true",
                "X_FORWARDED    | 10.0.0.1 | X-Forwarded-Uri: /oauth2/auth | -                                      | false",
                "X_FORWARDED    | 10.0.0.1 | X-Forwarded-Uri: /%6fauth2/a | -                                       | false",
                "X_FORWARDED    | 10.0.0.1 | X-Forwarded-Uri: /oauth2/auth | X-Original-URL: https://a.b/x          | false",
                "X_FORWARDED    | 10.0.0.1 | X-Forwarded-Uri: /x          | X-Original-URL: https://a.b/oauth2/auth | false",
                "X_FORWARDED    | 10.0.0.1 | X-Forwarded-Uri: /x          | X-Forwarded-Uri: /oauth2/auth           | false",
                "X_FORWARDED    | 10.0.0.1 | X-Forwarded-Host: a.b        | -                                       | false",
                "X_FORWARDED    | 10.0.0.1 | X-Forwarded-Host: a.b        | X-Original-URL: https://a.b/x           | false",
                "X_FORWARDED    | 10.0.0.1 | -                            | X-Original-URL: broken                  | false",
                "X_ORIGINAL_URL | 10.0.0.1 | -                            | X-Original-URL: https://a.b/x           | true",
                "X_ORIGINAL_URL | 10.0.0.1 | X-Forwarded-Host: a.b        | X-Original-URL: https://a.b/x           | true",
                "X_ORIGINAL_URL | 10.0.0.1 | X-Forwarded-Uri: /x          | X-Original-URL: https://a.b/oauth2/auth | false",
                "X_FORWARDED    | 9.9.9.9  | X-Forwarded-Uri: /oauth2/auth | -                                      | true",
                "REQUEST        | 10.0.0.1 | -                            | -                                       | false",
            })
    void knowsWhetherTheAnswerMayBeForAnApp(Source source, String peer, String one, String other, boolean may) {
        var request = FakeRequest.get("/oauth2/auth").from(peer).header("Host", "a.b");
        if (one != null) {
            request.headers(one);
        }
        if (other != null) {
            request.headers(other);
        }
        assertThat(Forwarded.reader(source).mayBeForApp(request.toRequest())).isEqualTo(may);
    }
}
