package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.Parameters;
import io.github.postern.fakes.PostedForm;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.fakes.SetCookie;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that the browser posts is held to the same as one in the address. */
@ExtendWith(Gateways.class)
final class FormPostIT {
    private static final String CALLBACK = "https://akko.local/oauth2/callback";

    /** A browser that stands before the provider's page, and what that page would post. */
    private record Standing(FakeBrowser browser, String form, List<SetCookie> loginCookies) {
        static Standing of(Gateway gateway, String user) {
            var browser = gateway.browser(user);
            var visit = browser.openUntilCallback(Attempt.START);
            var asked =
                    Parameters.parse(visit.at(Endpoint.AUTHORIZE.path()).url().query());
            assertThat(asked.all("response_mode")).containsExactly("form_post");
            assertThat(visit.page().status()).isEqualTo(200);
            return new Standing(
                    browser,
                    PostedForm.on(visit.page()).orElseThrow().body(),
                    visit.hops().get(0).reply().cookies());
        }

        Reply post(String query, Request request) {
            return browser.send(
                    CALLBACK + query,
                    request.with("Origin", "http://127.0.0.1")
                            .with("Sec-Fetch-Site", "cross-site")
                            .with("Sec-Fetch-Mode", "navigate"));
        }

        Reply post(String form) {
            return post("", Request.of("POST", "/oauth2/callback").form(form));
        }
    }

    @Test
    @DisplayName("CBK beyond: a posted answer signs in, with a cookie that travels across sites, and only once")
    void signsIn(@In(Setup.FORM_POST) Gateway gateway) {
        var standing = Standing.of(gateway, "alice");
        assertThat(standing.loginCookies())
                .filteredOn(cookie -> Expect.isLogin(cookie.name()))
                .isNotEmpty()
                .allMatch(cookie -> cookie.attribute("SameSite").orElse("").equals("None")
                        && cookie.attribute("Secure").isPresent());
        var reply = standing.post(standing.form());
        assertThat(reply.status()).as(reply.whole()).isEqualTo(302);
        assertThat(reply.location()).endsWith("/wanted");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(Expect.sessionCookies(reply))
                .allMatch(cookie -> cookie.attribute("SameSite").orElse("").equals("Lax"));
        Expect.seenByApp(standing.browser().get(Session.APP), "alice");
        Expect.refusedPage(standing.post(standing.form()));
    }

    @Test
    @DisplayName("CBK beyond: an answer in the address is taken as well, and so is the way back from a sign-out")
    void stillReadsTheQuery(@In(Setup.FORM_POST) Gateway gateway) {
        var standing = Standing.of(gateway, "bob");
        assertThat(standing.browser().get(CALLBACK + "?" + standing.form()).status())
                .isEqualTo(302);
        var visit = standing.browser().open("https://akko.local/oauth2/sign_out");
        assertThat(visit.page().status()).isEqualTo(200);
        Expect.denied(standing.browser().get(Session.APP));
    }

    @Test
    @DisplayName("CBK-12 beyond: a form that another site posts ends no login of this browser")
    void foreignForm(@In(Setup.FORM_POST) Gateway gateway) {
        var attackers = Standing.of(gateway, "bob");
        var victims = Standing.of(gateway, "alice");
        var before = tokenCalls(gateway);
        Expect.refusedPage(victims.post(attackers.form()));
        Expect.refusedPage(gateway.http()
                .send(Ask.page("POST", "/oauth2/callback")
                        .with("Origin", "https://evil.example")
                        .form(victims.form())));
        assertThat(tokenCalls(gateway)).isEqualTo(before);
        Expect.denied(victims.browser().get(Session.APP));
        assertThat(victims.post(victims.form()).status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x", ""})
    @DisplayName("CBK beyond: a body that is no form is not read")
    void noForm(String type, @In(Setup.FORM_POST) Gateway gateway) {
        var standing = Standing.of(gateway, "alice");
        var before = tokenCalls(gateway);
        var bare = new Request("POST", "/oauth2/callback", List.of(), standing.form());
        Expect.refusedPage(standing.post("", type.isEmpty() ? bare : bare.with("Content-Type", type)));
        assertThat(tokenCalls(gateway)).isEqualTo(before);
    }

    @Test
    @DisplayName("CBK beyond: a long body, repeated fields and fields in the address are refused")
    void oddForms(@In(Setup.FORM_POST) Gateway gateway) {
        var standing = Standing.of(gateway, "alice");
        var before = tokenCalls(gateway);
        Expect.refusedPage(standing.post(standing.form() + "&more=" + "x".repeat(40_000)));
        Expect.refusedPage(standing.post(standing.form() + "&code=other"));
        Expect.refusedPage(standing.post(""));
        var mixed = Request.of("POST", "/oauth2/callback?" + standing.form()).form("a=b");
        Expect.refusedPage(standing.post("?" + standing.form(), mixed));
        Expect.refusedPage(standing.post(standing.form().replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example")));
        assertThat(tokenCalls(gateway)).isEqualTo(before);
        Expect.denied(standing.browser().get(Session.APP));
        assertThat(standing.post(standing.form()).status()).isEqualTo(302);
    }

    private static long tokenCalls(Gateway gateway) {
        return gateway.keycloak().journal().count(Endpoint.TOKEN);
    }
}
