package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiled pages in a real Tomcat, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesIT {
    private static final int PROXY_BUFFER = 4096;

    private final HttpClient http = HttpClient.newHttpClient();
    private GalleryTomcat tomcat;

    @BeforeAll
    void start(@TempDir Path base) throws Exception {
        tomcat = GalleryTomcat.start(base);
    }

    @AfterAll
    void stop() throws Exception {
        tomcat.close();
    }

    static List<String> names() {
        return new Gallery(look -> new Pages(
                        new Site("", "", "", true), PageHeaders.of(true, List.of(), look.logo()), Look.of(look, "")))
                .names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPageIsWholeAndCarriesTheSameHeaders(String name) throws Exception { // HDR-11, LEK-04
        var answer = get(name);
        assertThat(answer.body())
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n")
                .contains("<h1>", "lang=\"en\"");
        assertThat(header(answer, "Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
        assertThat(header(answer, "Content-Security-Policy"))
                .startsWith(
                        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; ");
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "etag", "server");
    }

    @ParameterizedTest
    @MethodSource("names")
    void onlyThePageMadeForFramesMayBeFramedAndOnlyByOurSites(String name) throws Exception {
        var answer = get(name);
        if (name.startsWith("framed")) {
            assertThat(header(answer, "Content-Security-Policy"))
                    .endsWith("frame-ancestors 'self' akko.local *.akko.local portal.test:8443");
            assertThat(answer.headers().map()).doesNotContainKey("x-frame-options");
        } else {
            assertThat(header(answer, "Content-Security-Policy")).endsWith("frame-ancestors 'none'");
            assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void noPageHoldsInlineCodeOrAnUnescapedValue(String name) throws Exception { // CBK-06, LEK-09
        assertThat(get(name).body())
                .doesNotContainPattern("<script>|<style|style=| on[a-z]+=|javascript:")
                .doesNotContain("alert(1)</script>", "49#", "#49", "http://");
    }

    @Test
    void hostileTextIsShownAsItIs() throws Exception {
        assertThat(get("account_hostile").body())
                .contains("&#034;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#039;&amp;amp;")
                .contains("value=\"/&#034;&gt;&lt;script&gt;");
    }

    @ParameterizedTest
    @CsvSource({
        "sign_in,200",
        "account,200",
        "sessions,200",
        "sessions_in_browser,200",
        "confirm_sign_out,200",
        "signed_out,200",
        "refused,403",
        "refused_long,403",
        "framed,401",
        "not_found,404"
    })
    void thePageDecidesTheStatus(String name, int status) throws Exception {
        assertThat(get(name).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"sign_in,true", "sign_in_wrong,true", "step_up,false"})
    void aPasswordIsAskedForWhereItLeadsOn(String name, boolean asked) throws Exception {
        assertThat(get(name).body().contains("type=\"password\"")).isEqualTo(asked);
    }

    @ParameterizedTest
    @EnumSource(LoginFailure.class)
    void aFailureSaysWhatHappenedWhatHelpsAndTheReference(LoginFailure failure) throws Exception {
        var answer = get(Gallery.name(failure));
        assertThat(answer.statusCode()).isEqualTo(failure.status());
        assertThat(answer.body()).contains("<h1>" + failure.title() + "</h1>", failure.explanation(), "7F3A-91C2");
        assertThat(answer.body().contains("/oauth2/start")).isEqualTo(failure.retry());
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(failure.status() == 503);
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusalsFitIntoAProxysBuffer(String name) throws Exception {
        var answer = get(name);
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(PROXY_BUFFER);
        }
        assertThat(answer.headers().map().toString().length()).isLessThan(PROXY_BUFFER / 2);
    }

    @ParameterizedTest
    @MethodSource("names")
    void headAnswersLikeGetWithoutABody(String name) throws Exception {
        var answer = send(HttpRequest.newBuilder(tomcat.uri(name)).method("HEAD", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(get(name).statusCode());
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"})
    void aProxyMayHandOnTheUsersOwnMethod(String method) throws Exception {
        var answer = send(HttpRequest.newBuilder(tomcat.uri("refused")).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("bob@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"own_sign_in", "own_signed_out", "own_refused", "own_failed"})
    void theOperatorsHtmlAndLogoAreShownAsTheyAre(String name) throws Exception {
        assertThat(get(name).body())
                .contains("<img class=\"logo own\" src=\"/oauth2/assets/logo\" alt=\"\">")
                .contains(
                        "<footer>Run by the platform team, <a href=\"mailto:it@akko.local\">it@akko.local</a></footer>")
                .doesNotContain("assets/postern.svg\" width");
        assertThat(get(name).body().contains("<div class=\"banner\"><p><strong>AKKO"))
                .isEqualTo(name.equals("own_sign_in"));
    }

    @Test
    void withoutALogoThereIsNone() throws Exception {
        assertThat(get("own_bare").body())
                .doesNotContain("<img", "<footer")
                .contains("<div class=\"banner\">For e-mail addresses at akko.local.</div>");
    }

    @Test
    void theOperatorsLogoIsAnAssetOfItsOwnType() throws Exception {
        var answer = get("oauth2/assets/logo");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("image/svg+xml");
        assertThat(header(answer, "Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    }

    @Test
    void theListOfGroupsSaysHowManyItLeavesOut() throws Exception {
        assertThat(get("account_long").body()).contains("<summary>and 180 more</summary>");
        assertThat(get("refused_long").body()).containsPattern("<p>and 1[89]\\d more</p>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postern.css | text/css;charset=UTF-8",
                "postern.svg | image/svg+xml",
                "fragment.js | text/javascript;charset=UTF-8"
            })
    void anAssetMayBeKeptAndIsAskedForByItsTag(String name, String type) throws Exception {
        var answer = get("oauth2/assets/" + name);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualToIgnoringCase(type);
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=600");
        var again = send(HttpRequest.newBuilder(tomcat.uri("oauth2/assets/" + name))
                .header("If-None-Match", "W/" + header(answer, "ETag")));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/other.css",
                "/%2e%2e/web.xml",
                "/..%2fweb.xml",
                "/POSTERN.CSS",
                "/postern.css/",
                "/../../WEB-INF/web.xml",
                "/x/..;/..;/WEB-INF/web.xml"
            })
    void noOtherPathIsAnAsset(String path) throws Exception {
        assertThat(get("oauth2/assets" + path).statusCode()).isIn(400, 404, 410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEB-INF/pages/account.jsp", "WEB-INF/tags/page.tag", "WEB-INF/assets/postern.css"})
    void whatIsInsideStaysInside(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(tomcat.uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String header(HttpResponse<String> answer, String name) {
        assertThat(answer.headers().allValues(name)).as(name).hasSize(1);
        return answer.headers().firstValue(name).orElseThrow();
    }
}
