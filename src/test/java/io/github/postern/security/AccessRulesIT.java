package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@code access-rules-file} behind a real Tomcat. */
@ExtendWith(Gateways.class)
final class AccessRulesIT {
    private static final String STRONG = "https://strong.akko.local/x";

    @Test
    void publicPassesWithoutASessionAndTellsNobody(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var reply = gateway.http().send(Rules.control(asking("portal.akko.local", "/public/x")));
        assertThat(reply.status()).isEqualTo(200);
        for (String name : List.of("X-Auth-Request-User", "X-Auth-Request-Email", "X-Team", "X-WEBAUTH-USER")) {
            assertThat(reply.all(name)).as(name).containsExactly("");
        }
        var signedIn = gateway.http()
                .send(asking("portal.akko.local", "/public/x")
                        .with("Cookie", Session.of(gateway, "alice").header()));
        Expect.identity(signedIn, "alice");
        Expect.denied(gateway.http().send(asking("portal.akko.local", "/publicity")));
    }

    @Test
    void nobodyIsRefusedAndNeverSentToALogin(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var stranger = gateway.http().send(Ask.navigation("old.akko.local", "/"));
        var alice = gateway.http()
                .send(Ask.navigation("old.akko.local", "/")
                        .with("Cookie", Session.of(gateway, "alice").header()));
        for (Reply reply : List.of(stranger, alice)) {
            Expect.forbidden(reply);
            Expect.noSession(reply);
            assertThat(reply.text()).contains("Nobody may open this page").contains("retired");
        }
        assertThat(stranger.text()).doesNotContain("Use another account").doesNotContain("Signed in as");
        assertThat(alice.text()).contains("Use another account").contains("alice");
        var program = gateway.http().send(asking("old.akko.local", "/"));
        Expect.forbidden(program);
        assertThat(program.text()).contains("\"error\":\"forbidden\"").contains("\"reference\":");
    }

    @Test
    void aRuleDecidesInsteadOfTheOptions(@In(Setup.ACCESS_RULES) Gateway gateway) {
        gateway.keycloak()
                .add(FakeUser.named("mia")
                        .with("email", "mia@elsewhere.example")
                        .in("/admins"));
        var cookies = cookies(gateway, "mia");
        var admin = gateway.http().send(asking("mlflow.akko.local", "/admin/x").with("Cookie", cookies));
        assertThat(admin.status()).as(admin.whole()).isEqualTo(200);
        Expect.forbidden(gateway.http().send(asking("mlflow.akko.local", "/x").with("Cookie", cookies)));
        // and a skip route does not open what a rule is about
        Expect.denied(gateway.http().send(asking("mlflow.akko.local", "/admin/open/")));
        assertThat(gateway.http()
                        .send(Rules.control(asking("mlflow.akko.local", "/open/")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theRefusalSaysWhichRuleWhichGroupsAndWho(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var session = Session.of(gateway, "bob");
        var visit = session.browser().open("https://mlflow.akko.local/admin/x");
        assertThat(visit.hops()).hasSize(1);
        Expect.forbidden(visit.page());
        assertThat(visit.page().text()).contains("mlflow admins", "/admins", "bob@akko.local", "Use another account");
        assertThat(gateway.output())
                .contains("\"event\":\"refused\"", "\"path\":\"/admin/x\"")
                .contains("\"rule\":\"mlflow admins\"", "\"reason\":\"GROUPS\",\"wanted\":\"/admins\"");
        Expect.seenByApp(session.browser().open("https://mlflow.akko.local/x").page(), "bob");
    }

    @Test
    void theQueryRestrictsARule(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var asked = asking("mlflow.akko.local", "/admin/x")
                .with("Cookie", Session.of(gateway, "alice").header());
        assertThat(gateway.http().send(asked).status()).isEqualTo(200);
        Expect.forbidden(
                gateway.http().send(new Request("GET", "/oauth2/auth?allowed_groups=%2Fnobody", asked.headers(), "")));
    }

    @Test
    void appsGetTheHeadersOfTheirRule(@In(Setup.ACCESS_RULES) Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("nina").with("department", List.of("ai", "été")));
        var cookies = cookies(gateway, "nina");
        var dept = gateway.http().send(asking("dept.akko.local", "/").with("Cookie", cookies));
        assertThat(dept.status()).as(dept.whole()).isEqualTo(200);
        assertThat(dept.all("X-WEBAUTH-USER")).containsExactly("nina");
        assertThat(dept.all("X-Auth-Request-User")).containsExactly("nina");
        assertThat(dept.header("X-Team")).startsWith("ai,");
        var other = gateway.http().send(asking("mlflow.akko.local", "/").with("Cookie", cookies));
        assertThat(other.all("X-WEBAUTH-USER")).containsExactly("");
        assertThat(other.all("X-Team")).containsExactly("");
        assertThat(other.all("X-Auth-Request-User")).containsExactly(FakeUser.subject("nina"));
    }

    @Test
    void listsOfAddressesStayOurs(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var reply = Session.of(gateway, "bob").browser().get("https://dept.akko.local/");
        Expect.forbidden(reply);
        assertThat(reply.text()).doesNotContain("boss@akko.local").contains("department");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/x",
                "//admin//x",
                "/%61dmin/x",
                "/admin;a=b/x",
                "/x;y/../admin/x",
                "/x%2f..%2fadmin",
                "/x/../admin/x",
                "/admin%2fx",
                "/%2e/admin/x",
                "/x\\..\\admin"
            })
    @DisplayName("AUZ-13 AUZ-18 a path that may be about a rule has to pass that rule")
    void ambiguousPaths(String path, @In(Setup.ACCESS_RULES) Gateway gateway) {
        Expect.forbidden(gateway.http()
                .send(asking("mlflow.akko.local", path)
                        .with("Cookie", Session.of(gateway, "bob").header())));
        Expect.denied(gateway.http().send(asking("mlflow.akko.local", path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MLFLOW.AKKO.LOCAL", "MlFlow.akko.local", "mlflow.akko.local:443", "mlflow.akko.local:8443"})
    @DisplayName("AUZ-21 a rule's host is compared without case and port")
    void hostCase(String host, @In(Setup.ACCESS_RULES) Gateway gateway) {
        Expect.forbidden(gateway.http()
                .send(asking(host, "/admin/x")
                        .with("Cookie", Session.of(gateway, "bob").header())));
        Expect.identity(
                gateway.http()
                        .send(asking(host, "/admin/x")
                                .with("Cookie", Session.of(gateway, "alice").header())),
                "alice");
    }

    @Test
    void headersOfAClientAreNoTelling(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var twice =
                asking("portal.akko.local", "/admin/x").with("X-Original-URL", "https://portal.akko.local/public/x");
        Expect.denied(gateway.http().send(twice));
        Expect.denied(gateway.httpFrom("127.0.0.9").send(asking("portal.akko.local", "/admin/x")));
    }

    @Test
    void stepsUpOnceAndGoesOn(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var browser = Session.of(gateway, "alice").browser();
        gateway.keycloak().misbehave().claims(claims -> claims.put("acr", "2"));
        var visit = browser.open(STRONG);
        assertThat(visit.address()).isEqualTo(STRONG);
        Expect.seenByApp(visit.page(), "alice");
        assertThat(visit.count(Endpoint.AUTHORIZE.path())).isEqualTo(1);
        assertThat(asked(gateway, "acr_values")).isEqualTo("2");
        assertThat(asked(gateway, "claims")).isEmpty();
        assertThat(browser.open(STRONG).hops()).hasSize(1);
        Expect.seenByApp(browser.open("https://mlflow.akko.local/x").page(), "alice");
    }

    @Test
    void aProviderThatGivesLessIsAskedOnce(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var browser = Session.of(gateway, "alice").browser();
        var visit = browser.open(STRONG);
        Expect.forbidden(visit.page());
        assertThat(visit.page().text()).contains("strong", "What it needs", ">2<", "Use another account");
        assertThat(visit.count(Endpoint.AUTHORIZE.path())).isEqualTo(1);
        var again = browser.open(STRONG);
        assertThat(again.hops()).hasSize(1);
        Expect.forbidden(again.page());
        Expect.seenByApp(browser.open("https://mlflow.akko.local/x").page(), "alice");
    }

    @Test
    void aStrangerSignsInAndThenStepsUp(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var visit = gateway.browser("alice").open(STRONG);
        Expect.forbidden(visit.page());
        assertThat(visit.count(Endpoint.AUTHORIZE.path())).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"60, 200", "660, 403"})
    void aSignInMustBeFresh(long secondsAgo, int status, @In(Setup.ACCESS_RULES) Gateway gateway) {
        gateway.keycloak()
                .misbehave()
                .claims(claims -> claims.put("auth_time", Instant.now().getEpochSecond() - 3600));
        var browser = Session.of(gateway, "alice").browser();
        gateway.keycloak()
                .misbehave()
                .claims(claims -> claims.put("auth_time", Instant.now().getEpochSecond() - secondsAgo));
        var visit = browser.open("https://fresh.akko.local/x");
        assertThat(asked(gateway, "max_age")).isEqualTo("600");
        assertThat(visit.count(Endpoint.AUTHORIZE.path())).isEqualTo(1);
        assertThat(visit.page().status()).as(visit.page().whole()).isEqualTo(status);
    }

    @Test
    void programsAreToldWhatIsMissing(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var cookies = Session.of(gateway, "alice").header();
        var strong = gateway.http().send(asking("strong.akko.local", "/x").with("Cookie", cookies));
        assertThat(strong.status()).isEqualTo(401);
        Expect.noIdentity(strong);
        assertThat(strong.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_user_authentication\", acr_values=\"2\"");
        assertThat(strong.text()).contains("insufficient_user_authentication");
        gateway.keycloak().misbehave().claims(claims -> claims.put("auth_time", 1));
        var old = Session.of(gateway, "alice").header();
        assertThat(gateway.http()
                        .send(asking("fresh.akko.local", "/x").with("Cookie", old))
                        .header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_user_authentication\", max_age=\"600\"");
    }

    @Test
    void theLevelSurvivesThePagesOnTheWay(@In(Setup.ACCESS_RULES) Gateway gateway) {
        var browser = Session.of(gateway, "alice").browser();
        var cookies = browser.cookiesFor(STRONG);
        var link = gateway.http()
                .send(Ask.navigation("strong.akko.local", "/x")
                        .with("X-Sent-From", "nginx")
                        .with("Cookie", cookies));
        assertThat(link.status()).isEqualTo(401);
        assertThat(link.location()).endsWith("&acr_values=2");
        assertThat(link.text()).contains("name=\"acr_values\" value=\"2\"");
        var page = gateway.http()
                .send(Ask.navigation("strong.akko.local", "/x")
                        .with("Priority", "u=0, i")
                        .with("Cookie", cookies));
        assertThat(page.location()).contains("/oauth2/continue?rd=").endsWith("&acr_values=2");
        assertThat(browser.get(page.location()).text()).contains("/start?acr_values=2&amp;rd=https");
        gateway.keycloak().misbehave().claims(claims -> claims.put("acr", "2"));
        browser.open(link.location());
        assertThat(asked(gateway, "acr_values")).isEqualTo("2");
    }

    @Test
    void onlyALevelOfARuleCanBeAskedFor(@In(Setup.ACCESS_RULES) Gateway gateway) {
        gateway.browser("alice").open("https://akko.local/oauth2/start?rd=/&acr_values=9&max_age=0");
        assertThat(asked(gateway, "acr_values")).isEmpty();
        assertThat(asked(gateway, "max_age")).isEmpty();
    }

    @Test
    void followsItsFileAndKeepsTheLastGoodOne(@In(Setup.ACCESS_RULES) Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("olga").with("office", "north"));
        var browser = Session.of(gateway, "olga").browser();
        try {
            RulesFile.write(
                    "[[rule]]\nname = \"north\"\nhost = \"o.akko.local\"\nany = { claims = { office = \"north\" } }\n");
            Wait.until(Duration.ofSeconds(20), () -> gateway.output().contains("was read again"));
            var before = browser.get("https://o.akko.local/");
            Expect.forbidden(before);
            assertThat(before.text()).contains("Signing in again").contains("office");
            RulesFile.write("[[rule]]\nnam = \"north\"\n");
            Wait.until(Duration.ofSeconds(20), () -> gateway.output().contains("what it held before stays in force"));
            assertThat(gateway.output()).contains("line 2: rule 1: nam: is not known; did you mean name?");
            var fresh = gateway.browser("olga").open("https://o.akko.local/");
            Expect.seenByApp(fresh.page(), "olga");
        } finally {
            RulesFile.write(RulesFile.USUAL);
            Wait.until(Duration.ofSeconds(20), () -> refuses(gateway, browser));
        }
    }

    private static boolean refuses(Gateway gateway, FakeBrowser browser) {
        return gateway.unwatched()
                        .send(asking("old.akko.local", "/").with("Cookie", browser.cookiesFor(Session.APP)))
                        .status()
                == 403;
    }

    private static String asked(Gateway gateway, String parameter) {
        return gateway.keycloak().journal().last(Endpoint.AUTHORIZE).query().get(parameter);
    }

    private static String cookies(Gateway gateway, String user) {
        var attempt = Attempt.of(gateway, user);
        assertThat(attempt.finish().status()).isEqualTo(302);
        return attempt.browser().cookiesFor(Session.APP);
    }

    private static Request asking(String host, String path) {
        return Request.get("/oauth2/auth")
                .with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", host)
                .with("X-Forwarded-Uri", path)
                .with("Accept", "application/json");
    }
}
