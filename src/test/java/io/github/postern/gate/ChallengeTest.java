package io.github.postern.gate;

import static io.github.postern.gate.Challenge.FRAME_LINK;
import static io.github.postern.gate.Challenge.REDIRECT;
import static io.github.postern.gate.Challenge.SEE_OTHER;
import static io.github.postern.gate.Challenge.SIGN_IN_LINK;
import static io.github.postern.gate.Challenge.UNAUTHORIZED;
import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.github.postern.config.ForwardedSettings;
import io.github.postern.config.ForwardedSettings.ChallengeMode;
import io.github.postern.config.ForwardedSettings.Source;
import io.github.postern.fakes.Dialect;
import io.github.postern.fakes.FakeRequest;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.forwarded.ForwardedRequests;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is sent to a login and who is told 401: every fixture, as every proxy asks about it. */
final class ChallengeTest {
    private enum Asker {
        PAGE,
        FORM,
        FRAME,
        PROGRAM;

        Challenge behind(Dialect proxy) {
            return switch (this) {
                case PAGE -> proxy.redirectCapable() ? REDIRECT : SIGN_IN_LINK;
                // Envoy does not tell the type of the body.
                case FORM -> proxy.redirectCapable() && proxy != Dialect.ENVOY ? SEE_OTHER : UNAUTHORIZED;
                case FRAME -> FRAME_LINK;
                case PROGRAM -> UNAUTHORIZED;
            };
        }
    }

    static Stream<Arguments> fixturesBehindProxies() {
        return Arrays.stream(Dialect.values())
                .flatMap(proxy -> Stream.concat(pages(), programs())
                        .map(fixture -> Arguments.of(proxy, fixture.get()[0], fixture.get()[1], fixture.get()[2])));
    }

    @ParameterizedTest(name = "{0}: {2} asks by {1}")
    @MethodSource("fixturesBehindProxies")
    void answersWhoeverAsksBehindAnyProxy(Dialect proxy, String name, Asker asker, String raw) {
        var user = FakeRequest.parse(raw);
        var question = proxy.ask(user).toRequest();

        var asked = reader(proxy.source()).read(question);

        assertThat(asked.certain()).as("certain").isTrue();
        assertThat(asked.url()).as("url").hasValue(urlOf(raw, proxy));
        assertThat(Challenge.of(question, asked, ChallengeMode.AUTO)).as(name).isEqualTo(asker.behind(proxy));
    }

    private static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("browser GET", Asker.PAGE, """
                        GET https://mlflow.akko.local/x?y
                        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8
                        Sec-Fetch-Mode: navigate
                        Sec-Fetch-Dest: document
                        Sec-Fetch-Site: none
                        Sec-Fetch-User: ?1
                        Upgrade-Insecure-Requests: 1"""),
                Arguments.of("browser GET over plain http", Asker.PAGE, """
                        GET http://mlflow.akko.local/x?y
                        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"""),
                Arguments.of("curl", Asker.PAGE, """
                        GET https://mlflow.akko.local/
                        User-Agent: curl/8.5.0
                        Accept: */*"""),
                Arguments.of("no Accept", Asker.PAGE, """
                        GET https://mlflow.akko.local/
                        User-Agent: probe"""),
                Arguments.of("HEAD of a page", Asker.PAGE, """
                        HEAD https://mlflow.akko.local/
                        Accept: */*"""),
                Arguments.of("9 KB of headers", Asker.PAGE, """
                        GET https://mlflow.akko.local/
                        Accept: text/html
                        Cookie: a=%s""".formatted("x".repeat(9000))),
                Arguments.of("Expect: 100-continue", Asker.PAGE, """
                        GET https://mlflow.akko.local/
                        Accept: text/html
                        Expect: 100-continue"""),
                Arguments.of("chunked, and no body", Asker.PAGE, """
                        GET https://mlflow.akko.local/
                        Accept: text/html
                        Transfer-Encoding: chunked"""),
                Arguments.of("underscore headers", Asker.PAGE, """
                        GET https://mlflow.akko.local/
                        Accept: text/html
                        X_Auth_Request_User: admin
                        X_Forwarded_Uri: /public/x"""),
                Arguments.of("Forwarded is never read", Asker.PAGE, """
                        GET https://mlflow.akko.local/
                        Accept: text/html
                        Forwarded: for=127.0.0.1;host=evil.example;proto=http"""),
                Arguments.of("query that looks like ours", Asker.PAGE, """
                        GET https://mlflow.akko.local/x?rd=https://evil.example/&code=1&state=2
                        Accept: text/html"""),
                Arguments.of("path with two slashes", Asker.PAGE, """
                        GET https://mlflow.akko.local//evil.example/x
                        Accept: text/html"""),
                Arguments.of("raw characters", Asker.PAGE, """
                        GET https://mlflow.akko.local/app?q="a|b"&_a={"x":[1]}
                        Accept: text/html"""),
                Arguments.of("UTF-8 path", Asker.PAGE, """
                        GET https://mlflow.akko.local/caf\u00c3\u00a9
                        Accept: text/html"""),
                Arguments.of("FWD-16 Connection names headers", Asker.PAGE, """
                        GET https://mlflow.akko.local/
                        Accept: text/html
                        Connection: close, X-Forwarded-Uri, Cookie, X-Forwarded-Host"""),
                Arguments.of("AUZ-21 host in capitals", Asker.PAGE, """
                        GET https://MLflow.AKKO.local/x
                        Accept: text/html"""),
                Arguments.of("form POST", Asker.FORM, """
                        POST https://mlflow.akko.local/save
                        Accept: text/html,application/xhtml+xml,*/*;q=0.8
                        Content-Type: application/x-www-form-urlencoded
                        Sec-Fetch-Mode: navigate
                        Sec-Fetch-Dest: document
                        Origin: https://mlflow.akko.local
                        Referer: https://mlflow.akko.local/edit"""),
                Arguments.of("upload form POST", Asker.FORM, """
                        POST http://mlflow.akko.local/save
                        Accept: text/html
                        Content-Type: multipart/form-data; boundary=x"""),
                Arguments.of("iframe", Asker.FRAME, """
                        GET https://mlflow.akko.local/widget
                        Accept: text/html
                        Sec-Fetch-Mode: navigate
                        Sec-Fetch-Dest: iframe"""));
    }

    private static Stream<Arguments> programs() {
        return Stream.of(
                Arguments.of("HDR-14 JSON", Asker.PROGRAM, """
                        GET https://mlflow.akko.local/api
                        Accept: application/json"""),
                Arguments.of("HDR-14 axios", Asker.PROGRAM, """
                        GET https://mlflow.akko.local/api
                        Accept: application/json, text/plain, */*"""),
                Arguments.of("HDR-14 fetch", Asker.PROGRAM, """
                        GET https://mlflow.akko.local/api
                        Accept: */*
                        Sec-Fetch-Mode: cors
                        Sec-Fetch-Dest: empty"""),
                Arguments.of("favicon over http", Asker.PROGRAM, """
                        GET http://mlflow.akko.local/favicon.ico
                        Accept: image/avif,image/webp,image/*,*/*;q=0.8"""),
                Arguments.of("favicon over https", Asker.PROGRAM, """
                        GET https://mlflow.akko.local/favicon.ico
                        Accept: image/avif,image/webp,*/*;q=0.8
                        Sec-Fetch-Mode: no-cors
                        Sec-Fetch-Dest: image"""),
                Arguments.of("service worker", Asker.PROGRAM, """
                        GET https://mlflow.akko.local/sw.js
                        Accept: */*
                        Service-Worker: script
                        Sec-Fetch-Mode: same-origin
                        Sec-Fetch-Dest: serviceworker"""),
                Arguments.of("link prefetch", Asker.PROGRAM, """
                        GET https://mlflow.akko.local/next
                        Accept: */*
                        Sec-Purpose: prefetch
                        Sec-Fetch-Mode: no-cors
                        Sec-Fetch-Dest: empty"""),
                Arguments.of("server-sent events", Asker.PROGRAM, """
                        GET https://mlflow.akko.local/events
                        Accept: text/event-stream"""),
                Arguments.of("FWD-09 WebSocket", Asker.PROGRAM, """
                        GET https://mlflow.akko.local/socket
                        Connection: Upgrade
                        Upgrade: websocket
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                        Sec-WebSocket-Version: 13
                        Sec-Fetch-Mode: websocket
                        Sec-Fetch-Dest: empty"""),
                Arguments.of("gRPC", Asker.PROGRAM, """
                        POST https://mlflow.akko.local/pkg.Service/Call
                        Content-Type: application/grpc+proto
                        TE: trailers"""),
                Arguments.of("AUZ-20 preflight", Asker.PROGRAM, """
                        OPTIONS https://mlflow.akko.local/api
                        Accept: */*
                        Origin: https://other.akko.local
                        Access-Control-Request-Method: PUT"""),
                Arguments.of("POST of JSON", Asker.PROGRAM, """
                        POST https://mlflow.akko.local/api
                        Accept: */*
                        Content-Type: application/json"""),
                Arguments.of("curl -d", Asker.PROGRAM, """
                        POST https://mlflow.akko.local/api
                        Accept: */*
                        Content-Type: application/x-www-form-urlencoded"""),
                Arguments.of("form sent by script", Asker.PROGRAM, """
                        POST https://mlflow.akko.local/api
                        Accept: text/html
                        Content-Type: application/x-www-form-urlencoded
                        Sec-Fetch-Mode: cors
                        Sec-Fetch-Dest: empty"""),
                Arguments.of("DELETE", Asker.PROGRAM, """
                        DELETE https://mlflow.akko.local/api/1
                        Accept: text/html"""));
    }

    /** What a proxy with a list of headers, such as Envoy, may not pass on. */
    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "ENVOY", mode = EnumSource.Mode.EXCLUDE)
    void knowsProgramsByTheirOlderSigns(Dialect proxy) {
        for (String sign : List.of(
                "X-Requested-With: XMLHttpRequest",
                "Purpose: prefetch",
                "Sec-Purpose: prefetch;prerender",
                "X-Moz: prefetch",
                "Service-Worker: script",
                "Content-Type: application/grpc")) {
            var user = FakeRequest.parse("GET https://mlflow.akko.local/x\nAccept: text/html\n" + sign);
            assertThat(challenge(proxy.ask(user), proxy.source(), ChallengeMode.AUTO))
                    .as(sign)
                    .isEqualTo(UNAUTHORIZED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"CADDY", "HAPROXY"})
    void takesAnUpgradeForAProgram(Dialect proxy) {
        // The JDK's HttpClient offers HTTP/2 this way.
        var user =
                FakeRequest.parse("GET http://mlflow.akko.local/x\nUpgrade: h2c\nConnection: Upgrade, HTTP2-Settings");

        assertThat(challenge(proxy.ask(user), proxy.source(), ChallengeMode.AUTO))
                .isEqualTo(UNAUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Sec-Fetch-Mode: navigate  | Sec-Fetch-Mode: cors",
                "Sec-Fetch-Dest: document  | Sec-Fetch-Dest: image",
                "Sec-Fetch-Dest: empty     | -",
                "X-Requested-With: x       | X-Requested-With: xmlhttpREQUEST",
                "Accept:                   | -",
                "Accept: text/css,*/*;q=0.1| -",
                "Accept: image/png         | Accept: */*",
            })
    void countsEveryLineOfAHeader(String one, String other) {
        var user = FakeRequest.get("/x").header("Host", "mlflow.akko.local");
        user.headers(one);
        Optional.ofNullable(other).ifPresent(user::headers);

        assertThat(challenge(Dialect.TRAEFIK.ask(user), Source.X_FORWARDED, ChallengeMode.AUTO))
                .isEqualTo(UNAUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource({
        "TRAEFIK, REDIRECT, REDIRECT, SEE_OTHER",
        "TRAEFIK, STATUS_ONLY, SIGN_IN_LINK, UNAUTHORIZED",
        "NGINX, REDIRECT, REDIRECT, SEE_OTHER",
        "NGINX, STATUS_ONLY, SIGN_IN_LINK, UNAUTHORIZED",
        "INGRESS_NGINX, REDIRECT, REDIRECT, SEE_OTHER",
        "ENVOY, STATUS_ONLY, SIGN_IN_LINK, UNAUTHORIZED",
    })
    void obeysTheOperatorsWordAboutTheProxy(Dialect proxy, ChallengeMode mode, Challenge page, Challenge form) {
        var get = FakeRequest.parse("GET https://mlflow.akko.local/x\nAccept: text/html");
        var post = FakeRequest.parse("POST https://mlflow.akko.local/x\nAccept: text/html\nContent-Type: text/plain");

        assertThat(challenge(proxy.ask(get), proxy.source(), mode)).isEqualTo(page);
        assertThat(challenge(proxy.ask(post), proxy.source(), mode)).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource({"X-Original-URL", "X-Sent-From", "X-Auth-Request-Redirect"})
    void aMisleadingHeaderOnlyCostsItsSenderTheRedirect(String header) {
        var question = page().header(header, "https://evil.example/");

        assertThat(challenge(question, Source.X_FORWARDED, ChallengeMode.AUTO)).isEqualTo(SIGN_IN_LINK);
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-Method", "X-Forwarded-Host", "X-Forwarded-Uri"})
    void redirectsOnlyWhereTheProxyTellsEverything(String missing) {
        assertThat(challenge(page().without(missing), Source.X_FORWARDED, ChallengeMode.AUTO))
                .isEqualTo(SIGN_IN_LINK);
    }

    @Test
    void judgesByOurOwnMethodWhereNoneIsTold() {
        var question = FakeRequest.of("POST", "/oauth2/auth")
                .header("X-Forwarded-Uri", "/x")
                .header("Accept", "text/html");

        assertThat(challenge(question, Source.X_FORWARDED, ChallengeMode.AUTO)).isEqualTo(UNAUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource({
        "https://mlflow.akko.local/edit?id=1, https://mlflow.akko.local/edit?id=1",
        "https://mlflow.akko.local.evil.example/, /",
        "https://other.akko.local/edit, /",
        "http://mlflow.akko.local/edit, /",
        ", /",
    })
    void leadsBackToTheFormsOwnPage(String referer, String target) {
        var user = FakeRequest.parse(
                "POST https://mlflow.akko.local/save\nAccept: text/html\nContent-Type: application/x-www-form-urlencoded");
        Optional.ofNullable(referer).ifPresent(page -> user.header("Referer", page));
        var question = Dialect.TRAEFIK.ask(user).toRequest();
        var asked = reader(Source.X_FORWARDED).read(question);

        assertThat(SEE_OTHER.returnTarget(question, asked, "/oauth2")).isEqualTo(target);
        assertThat(REDIRECT.returnTarget(question, asked, "/oauth2")).isEqualTo("https://mlflow.akko.local/save");
    }

    @Test
    void findsNoFormsPageWhereTheHostIsUnknown() {
        var question = page().without("X-Forwarded-Host")
                .header("Referer", "https:///x")
                .toRequest();
        ForwardedRequest asked = reader(Source.X_FORWARDED).read(question);

        assertThat(SEE_OTHER.returnTarget(question, asked, "/oauth2")).isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | true",
                "application/problem+json, */* | true",
                "text/html, application/json | true",
                "text/html, application/json;q=0.9 | false",
                "*/* | false",
                "text/plain | false",
            })
    void saysNoInJsonToWhoAsksForJson(String accept, boolean json) {
        assertThat(Challenge.prefersJson(
                        FakeRequest.get("/").header("Accept", accept).toRequest()))
                .isEqualTo(json);
    }

    /** As oauth2-proxy: an element of exactly this name asks for JSON, whatever else is named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html, application/json | true",
                "text/html,application/json | true",
                "APPLICATION/JSON, text/html | true",
                "text/html, application/json;q=0.9 | false",
                "text/html, application/json; charset=utf-8 | false",
                "text/html, application/jsonp | false",
            })
    void whoNamesJsonIsAProgram(String accept, boolean program) {
        var question = page().without("Accept").header("Accept", accept).toRequest();
        ForwardedRequest asked = reader(Source.X_FORWARDED).read(question);

        assertThat(Challenge.of(question, asked, ChallengeMode.AUTO) == UNAUTHORIZED)
                .isEqualTo(program);
    }

    private static FakeRequest page() {
        return Dialect.TRAEFIK.ask(FakeRequest.parse("GET https://mlflow.akko.local/x\nAccept: text/html"));
    }

    private static Challenge challenge(FakeRequest question, Source source, ChallengeMode mode) {
        var request = question.toRequest();
        return Challenge.of(request, reader(source).read(request), mode);
    }

    private static String urlOf(String raw, Dialect proxy) {
        String all = raw.lines().findFirst().orElseThrow().split(" ", 2)[1];
        int path = all.indexOf('/', all.indexOf("://") + 3);
        String uri = proxy.uri(all.substring(path))
                .replace("\"", "%22")
                .replace("|", "%7C")
                .replace("{", "%7B")
                .replace("}", "%7D")
                .replace("[", "%5B")
                .replace("]", "%5D")
                .replace("\u00c3", "%C3")
                .replace("\u00a9", "%A9");
        return all.substring(0, path).toLowerCase(Locale.ROOT) + uri;
    }

    private static ForwardedRequests reader(Source source) {
        List<IPAddress> proxies = List.of(new IPAddressString("127.0.0.0/8").getAddress());
        return new ForwardedRequests(
                new ForwardedSettings(source, ChallengeMode.AUTO, proxies, "X-Real-IP", List.of(".akko.local")),
                "/oauth2");
    }
}
