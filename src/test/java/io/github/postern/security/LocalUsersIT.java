package io.github.postern.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People with a password of ours and addresses in a file, in the real Tomcat. */
@ExtendWith(Gateways.class)
final class LocalUsersIT {
    private static final String SIGN_IN = "https://akko.local/oauth2/sign_in";
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void signsInByTheFormAndOutAgain(@In(Setup.LOCAL) Gateway gateway) {
        var browser = gateway.browser("nobody");
        var page = browser.get(SIGN_IN + "?rd=" + encode(Session.APP));
        assertThat(page.text())
                .contains("action=\"https://akko.local/oauth2/sign_in\"")
                .contains("autocomplete=\"current-password\"")
                .contains("value=\"" + Session.APP + "\"");
        Pages.areSafe(page);
        var reply = send(browser, form("carol", LocalFiles.PASSWORD, Session.APP));
        assertThat(reply.status()).as(reply.whole()).isEqualTo(302);
        assertThat(reply.location()).isEqualTo(Session.APP);
        var app = browser.get(Session.APP);
        assertThat(app.status()).isEqualTo(200);
        assertThat(app.all("App-Saw-user")).containsExactly("carol");
        assertThat(app.all("App-Saw-email")).containsExactly("");
        assertThat(app.all("App-Saw-groups")).containsExactly("local,/team");
        assertThat(browser.get("https://akko.local/oauth2/userinfo").text())
                .contains("\"user\":\"carol\"", "\"email\":\"\"");
        assertThat(browser.get(SIGN_IN).text()).contains("carol", "Sign out");

        var out = browser.get("https://akko.local/oauth2/sign_out");
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.location()).as("the provider is not asked").isEmpty();
        assertThat(out.text()).contains("Your session is over");
        assertThat(browser.jar().all()).noneMatch(cookie -> Expect.isSession(cookie.name()));
        Expect.denied(browser.get(Session.APP));
    }

    @ParameterizedTest(name = "{0} with {1}: {2} {3}")
    @CsvSource({
        "'', x, 400, Please enter your user name.",
        "'', '', 400, Please enter your user name.",
        "carol, wrong, 401, User name or password is wrong.",
        "carol, '', 401, User name or password is wrong.",
        "nobody, correct:horse, 401, User name or password is wrong.",
    })
    void saysTheSameOfEveryWrongPair(
            String name, String password, int status, String sentence, @In(Setup.LOCAL) Gateway gateway) {
        var reply = send(gateway.browser("nobody"), form(name, password, "/"));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).contains("role=\"alert\"", sentence).doesNotContain("value=\"" + password + "x");
        Pages.areSafe(reply);
        Expect.noSession(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"})
    void leadsToNoStranger(String target, @In(Setup.LOCAL) Gateway gateway) {
        var reply = send(gateway.browser("nobody"), form("carol", LocalFiles.PASSWORD, target));
        assertThat(reply.status()).isEqualTo(302);
        Expect.home(reply.location());
    }

    @ParameterizedTest(name = "{0}: {1} gives {2}")
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-origin, 302",
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Origin, https://akko.local, 302",
    })
    void noOtherSiteSignsAnybodyIn(String header, String value, int status, @In(Setup.LOCAL) Gateway gateway) {
        var request = Ask.page("POST", "/oauth2/sign_in")
                .with(header, value)
                .form("username=carol&password=" + encode(LocalFiles.PASSWORD));
        var reply = gateway.http().send(request);
        assertThat(reply.status()).isEqualTo(status);
        if (status == 403) {
            Expect.noSession(reply);
            assertThat(reply.text()).contains("sent by another site");
        }
    }

    @Test
    void readsThePasswordFromTheBodyOnly(@In(Setup.LOCAL) Gateway gateway) {
        var reply = gateway.http()
                .send(Ask.page("POST", "/oauth2/sign_in?username=carol&password=" + encode(LocalFiles.PASSWORD))
                        .form("x=y"));
        assertThat(reply.status()).isEqualTo(400);
        var large = gateway.http()
                .send(Ask.page("POST", "/oauth2/sign_in")
                        .form("x=" + "y".repeat(17_000) + "&username=carol&password=" + encode(LocalFiles.PASSWORD)));
        assertThat(large.status()).isEqualTo(400);
    }

    @ParameterizedTest(name = "Authorization: {0} gives {1}")
    @CsvSource({
        "'Basic carol:correct:horse', 200",
        "'Basic zoë:päss wörd', 200",
        "'Basic bob:sha-secret', 200",
        "'Basic carol:correct', 401",
        "'Basic nobody:correct:horse', 401",
        "'Basic carol', 401",
        "'Basic :', 401",
        "'basic carol:correct:horse', 401",
        "'BASIC carol:correct:horse', 401",
        "'Basic  carol:correct:horse', 401",
        "'Bearer carol:correct:horse', 401",
    })
    void takesNameAndPasswordWithEveryRequest(String header, int status, @In(Setup.LOCAL) Gateway gateway) {
        int blank = header.lastIndexOf(' ', header.indexOf(' ') + 1);
        var reply = gateway.unwatched()
                .send(Ask.program("/x")
                        .with("Authorization", header.substring(0, blank + 1) + base64(header.substring(blank + 1))));
        assertThat(reply.status()).as(reply.whole()).isEqualTo(status);
        if (status == 200) {
            assertThat(reply.header("X-Auth-Request-Groups")).isEqualTo("local,/team");
            assertThat(reply.header("X-Auth-Request-Email")).isEmpty();
            assertThat(reply.cookies()).as("no session comes of it").isEmpty();
        } else {
            Expect.noIdentity(reply);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!", "Basic", "Basic ", "Basic Y2Fyb2w=", "Basic Y2Fyb2w", "Basic /////w=="})
    void takesNothingElseForAPair(String header, @In(Setup.LOCAL) Gateway gateway) {
        Expect.denied(gateway.http().send(Ask.program("/x").with("Authorization", header)));
    }

    @Test
    void neitherLongNorDoubledHeadersPass(@In(Setup.LOCAL) Gateway gateway) {
        var longest = gateway.http()
                .send(Ask.program("/x").with("Authorization", "Basic " + base64("carol:" + "x".repeat(5000))));
        assertThat(longest.status()).isIn(400, 401, 431);
        var right = "Basic " + base64("carol:" + LocalFiles.PASSWORD);
        Expect.denied(gateway.http()
                .send(Ask.program("/x").with("Authorization", right).with("Authorization", right)));
    }

    @Test
    void asksProgramsForBasicAndNeverABrowser(@In(Setup.LOCAL) Gateway gateway) {
        var wrong = Ask.program("/x").with("Authorization", "Basic " + base64("carol:bad"));
        assertThat(gateway.http().send(wrong).header("WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(gateway.http().send(wrong.with("Sec-Fetch-Mode", "cors")).header("WWW-Authenticate"))
                .isEmpty();
        assertThat(gateway.http().send(Ask.program("/x")).header("WWW-Authenticate"))
                .isEmpty();
    }

    @Test
    void anAppsOwnPasswordDoesNotOutweighASession(@In(Setup.LOCAL) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var reply = gateway.http()
                .send(Ask.program("/x")
                        .with("Cookie", session.header())
                        .with("Authorization", "Basic " + base64("appuser:apppass")));
        Expect.identity(reply, "alice");
    }

    @Test
    void stopsGuessesOfOneAddressOnly(@In(Setup.LOCAL) Gateway gateway) {
        var statuses = IntStream.range(0, 12)
                .map(i -> guess(gateway, "203.0.113.5", "guess" + i).status())
                .boxed()
                .toList();
        assertThat(statuses.subList(0, 10)).containsOnly(401);
        assertThat(statuses.subList(10, 12)).containsOnly(429);
        var stopped = guess(gateway, "203.0.113.5", LocalFiles.PASSWORD + " ");
        assertThat(stopped.header("Retry-After")).matches("[1-9][0-9]?");
        assertThat(stopped.text()).contains("too many attempts");
        assertThat(guess(gateway, "203.0.113.6", LocalFiles.PASSWORD).status()).isEqualTo(302);
        var basic = gateway.http()
                .send(Ask.program("/x")
                        .with("X-Real-IP", "203.0.113.5")
                        .with("Authorization", "Basic " + base64("carol:yet another")));
        assertThat(basic.status()).isEqualTo(401);
        assertThat(basic.header("Retry-After")).matches("[1-9][0-9]?");
        assertThat(gateway.output())
                .contains("\"user\":\"carol\",\"client\":\"203.0.113.5\",\"reason\":\"WRONG\"")
                .contains("\"user\":\"carol\",\"client\":\"203.0.113.5\",\"reason\":\"TOO_OFTEN\"")
                .doesNotContain("guess1", LocalFiles.PASSWORD, "yet another");
    }

    @Test
    void logsNoNameThatNobodyHas(@In(Setup.LOCAL) Gateway gateway) {
        send(gateway.browser("nobody"), form("x\nERROR forged", "secret-of-nobody", "/"));
        assertThat(gateway.output())
                .contains("\"user\":\"unknown\",\"client\":\"192.0.2.7\",\"reason\":\"WRONG\"")
                .doesNotContain("ERROR forged", "secret-of-nobody");
    }

    @Test
    void followsTheFileOfPasswords(@In(Setup.LOCAL) Gateway gateway) {
        var browser = gateway.browser("nobody");
        send(browser, form("bob", "sha-secret", "/"));
        assertThat(browser.get(Session.APP).status()).isEqualTo(200);
        try {
            LocalFiles.change(LocalFiles.PASSWORDS, "");
            Wait.until(SOON, () -> gateway.output().contains("what it held before stays in force"));
            assertThat(browser.get(Session.APP).status()).isEqualTo(200);
            LocalFiles.change(LocalFiles.PASSWORDS, LocalFiles.PEOPLE.replaceAll("(?m)^bob:.*$", ""));
            Wait.until(
                    SOON,
                    () -> gateway.unwatched()
                                    .send(Ask.program("/x").with("Authorization", "Basic " + base64("bob:sha-secret")))
                                    .status()
                            == 401);
            var refused = browser.get(Session.APP);
            assertThat(refused.status()).as("his session ends with his name").isEqualTo(302);
        } finally {
            LocalFiles.change(LocalFiles.PASSWORDS, LocalFiles.PEOPLE);
        }
        Wait.until(SOON, () -> browser.get(Session.APP).status() == 200);
        assertThat(gateway.output()).doesNotContain("KkPcK3XYeA35EhWhKYmaCyAgadY");
    }

    @Test
    void followsTheFileOfAddresses(@In(Setup.LOCAL) Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("guest").with("email", "Guest@example.org"));
        gateway.keycloak().add(FakeUser.named("stranger").with("email", "stranger@example.org"));
        var guest = Session.of(gateway, "guest");
        var stranger = gateway.browser("stranger").open(Session.APP).page();
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.text())
                .contains("certain people and e-mail domains", "akko.local")
                .doesNotContain("guest@");
        try {
            LocalFiles.change(LocalFiles.EMAILS, "");
            Wait.until(SOON, () -> gateway.output().contains("what it held before stays in force"));
            assertThat(guest.browser().get(Session.APP).status())
                    .as("an editor has emptied the file and not written it yet")
                    .isEqualTo(200);
            LocalFiles.change(LocalFiles.EMAILS, "# nobody\n");
            Wait.until(SOON, () -> guest.browser().get(Session.APP).status() == 403);
        } finally {
            LocalFiles.change(LocalFiles.EMAILS, LocalFiles.ADDRESSES);
        }
        Wait.until(SOON, () -> guest.browser().get(Session.APP).status() == 200);
    }

    @Test
    void withPasswordsAloneTheProvidersUsersAreRefusedAndAWrongPasswordLeadsToIt() {
        try (var gateway = Gateway.start(Setup.LOCAL_ONLY)) {
            var alice = gateway.browser("alice").open(Session.APP).page();
            assertThat(alice.status()).isEqualTo(403);
            assertThat(alice.text()).contains("people who have a password of this site");
            assertThat(send(gateway.browser("nobody"), form("carol", LocalFiles.PASSWORD, "/"))
                            .status())
                    .isEqualTo(302);
            Expect.denied(send(gateway.browser("nobody"), form("carol", "wrong", "/")));
            assertThat(gateway.output()).contains("{SHA}").doesNotContain("KkPcK3XYeA35EhWhKYmaCyAgadY");
        }
    }

    @Test
    void withoutPasswordsThereIsNoForm(Gateway gateway) {
        assertThat(gateway.browser("alice").get(SIGN_IN).text()).doesNotContain("password");
        var reply = send(gateway.browser("alice"), form("carol", LocalFiles.PASSWORD, "/"));
        assertThat(reply.status()).isEqualTo(200);
        Expect.noSession(reply);
    }

    private static Reply guess(Gateway gateway, String client, String password) {
        return gateway.http()
                .send(Ask.page("POST", "/oauth2/sign_in")
                        .with("X-Real-IP", client)
                        .form("username=carol&password=" + encode(password)));
    }

    private static Reply send(FakeBrowser browser, Request request) {
        return browser.send(SIGN_IN, request);
    }

    private static Request form(String name, String password, String target) {
        return Request.of("POST", "/oauth2/sign_in")
                .with("Sec-Fetch-Site", "same-origin")
                .with("Sec-Fetch-Mode", "navigate")
                .form("username=" + encode(name) + "&password=" + encode(password) + "&rd=" + encode(target));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
