package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.SettingsReader;
import io.github.postern.fakes.FakeRequest;
import io.github.postern.forwarded.ForwardedRequests;
import io.github.postern.login.AllowedTargets;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is sent to https, and where to; {@code passes} stands for who is not. */
final class HttpsOnlyTest {
    private static final String STRANGER = "203.0.113.9";
    private static final String TRAEFIK =
            "X-Forwarded-Method: GET;X-Forwarded-Host: app.akko.local;X-Forwarded-Uri: /x?y=1";

    @ParameterizedTest(name = "{0} {1} by {2}: {3}")
    @CsvSource(delimiter = '!', textBlock = """
            /oauth2/start?rd=/a ! Host: akko.local      ! http  ! 308 https://akko.local/oauth2/start?rd=/a
            /                   ! Host: akko.local:4180 ! http  ! 308 https://akko.local:8443/
            /                   ! Host: [::1]:4180      ! http  ! 308 https://[::1]:8443/
            /                   ! Host: [::1]           ! http  ! 308 https://[::1]/
            /oauth2/start       ! Host: akko.local      ! https ! passes
            /                   ! Host: a b             ! http  ! 400
            /ping               ! Host: akko.local      ! http  ! passes
            /ready              ! Host: akko.local      ! http  ! passes
            """)
    void goesByTheConnectionWhereNobodyTells(String target, String headers, String scheme, String expected) {
        assertThat(answer(FakeRequest.get(target).over(scheme).headers(headers)))
                .isEqualTo(expected);
        assertThat(answer(FakeRequest.get(target).over(scheme).headers(headers).from(STRANGER)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} by {2}: {3}")
    @CsvSource(delimiter = '!', textBlock = """
            /oauth2/start ! X-Forwarded-Proto: https                           ! http  ! passes
            /oauth2/start ! X-Forwarded-Proto: HTTPS                           ! http  ! passes
            /oauth2/start ! X-Forwarded-Proto: http                            ! https ! 308 https://in/oauth2/start
            /oauth2/start ! X-Forwarded-Proto: http;X-Forwarded-Host: out:80   ! http  ! 308 https://out:8443/oauth2/start
            /oauth2/userinfo ! X-Forwarded-Proto: http                         ! http  ! 308 https://in/oauth2/userinfo
            """)
    void believesATrustedProxyAboutRequestsThatItPassesOn(
            String target, String headers, String scheme, String expected) {
        assertThat(answer(
                        FakeRequest.get(target).over(scheme).headers("Host: in").headers(headers.split(";"))))
                .isEqualTo(expected);
    }

    @Test
    void doesNotBelieveAStranger() {
        var request = FakeRequest.get("/oauth2/start")
                .headers("Host: in", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil");
        assertThat(answer(request.from(STRANGER))).isEqualTo("308 https://in/oauth2/start");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '!', textBlock = """
            /oauth2/auth         ! X-Forwarded-Proto: http                         ! 308 https://app.akko.local/x?y=1
            /oauth2/auth         ! X-Forwarded-Proto: https                        ! passes
            /oauth2/auth         ! Host: postern                                   ! passes
            /                    ! X-Forwarded-Proto: http                         ! 308 https://app.akko.local/x?y=1
            /                    ! Host: postern                                   ! passes
            /oauth2/auth         ! X-Forwarded-Proto: http;X-Sent-From: nginx-ingress-controller ! passes
            """)
    void answersAQuestionWithThePageThatWasAskedFor(String target, String headers, String expected) {
        var request = FakeRequest.get(target).headers(TRAEFIK.split(";")).headers(headers.split(";"));
        assertThat(answer(request)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            Host: postern
            Host: postern;X-Forwarded-Proto: http
            Host: postern;X-Forwarded-Proto: http;X-Forwarded-Host: app
            Host: postern;X-Original-URL: http://app/x;X-Original-Method: GET
            """)
    void neverSendsAnybodyToTheAddressOfTheQuestion(String headers) {
        for (String peer : List.of("127.0.0.1", STRANGER)) {
            assertThat(answer(FakeRequest.get("/oauth2/auth")
                            .headers(headers.split(";"))
                            .from(peer)))
                    .isEqualTo("passes");
        }
    }

    private static String answer(FakeRequest request) {
        var answer = new ArrayList<String>();
        FilterChain chain = (passed, unused) -> answer.add("passes");
        try {
            filter().doFilter(request.toRequest(), response(answer), chain);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return String.join(" ", answer);
    }

    private static HttpsOnly filter() {
        var settings = SettingsReader.read(
                List.of("--force-https", "--https-address=:8443"),
                Map.of(
                        "OAUTH2_PROXY_PROVIDER", "oidc",
                        "OAUTH2_PROXY_CLIENT_ID", "c",
                        "OAUTH2_PROXY_CLIENT_SECRET", "s",
                        "OAUTH2_PROXY_OIDC_ISSUER_URL", "https://i",
                        "OAUTH2_PROXY_COOKIE_SECRET", "wbn-10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d_k=",
                        "OAUTH2_PROXY_EMAIL_DOMAINS", "*"));
        String prefix = settings.endpoints().prefix();
        var places = new Places(
                settings,
                new ForwardedRequests(settings.forwarded(), prefix),
                new AllowedTargets(settings.forwarded().returnDomains(), prefix));
        return new HttpsOnly(places, settings.server().httpsPort().orElseThrow());
    }

    private static HttpServletResponse response(List<String> answer) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpsOnlyTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    answer.add(String.valueOf(arguments[arguments.length - 1]));
                    return null;
                });
    }
}
