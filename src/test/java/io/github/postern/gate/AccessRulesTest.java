package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.AccessRule;
import io.github.postern.config.AdmissionSettings;
import io.github.postern.config.Level;
import io.github.postern.config.RuleBook;
import io.github.postern.config.RuleBooks;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.forwarded.SkipRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule decides, and what it decides. */
final class AccessRulesTest {
    private static final RuleBook BOOK = RuleBooks.of("""
            [[rule]]
            name = "health"
            path = "/health"
            public = true
            [[rule]]
            name = "portal"
            host = "portal.akko.local"
            method = ["GET", "HEAD"]
            public = true
            [[rule]]
            name = "old"
            host = [".old.akko.local"]
            nobody = true
            [[rule]]
            name = "mlflow admin"
            host = "mlflow.akko.local"
            path = ["/admin/*", "^/api/v[0-9]+/users"]
            any = { groups = ["/admins"], roles = ["admin"] }
            [[rule]]
            name = "mlflow"
            host = "mlflow.akko.local"
            any = { claims = { department = ["ai", "ml"] }, email_domains = ["akko.local"] }
            [[rule]]
            name = "both"
            host = "both.akko.local"
            any = { groups = ["a", "b"] }
            all = { groups = ["c", "d"], email_domains = "akko.local" }
            [[rule]]
            name = "strong"
            host = "strong.akko.local"
            signed_in = true
            acr = "2"
            max_age = "15m"
            headers = { X-Team = "team" }
            """);

    @ParameterizedTest(name = "{0} is for {1}")
    @CsvSource({
        "GET https://any.example/health, health",
        "GET https://any.example/health/, options",
        "GET https://portal.akko.local/, portal",
        "GET https://PORTAL.akko.local:8443/x, portal",
        "GET https://portal.akko.local.evil.example/x, options",
        "POST https://portal.akko.local/, options",
        "GET https://old.akko.local/, old",
        "GET https://a.b.old.akko.local/x, old",
        "GET https://cold.akko.local/x, options",
        "GET https://mlflow.akko.local/admin, mlflow admin",
        "GET https://mlflow.akko.local//admin//x, mlflow admin",
        "GET https://mlflow.akko.local/%61dmin/x, mlflow admin",
        "GET https://mlflow.akko.local/api/v2/users/7, mlflow admin",
        "GET https://mlflow.akko.local/administrators, mlflow",
        "GET https://mlflow.akko.local/admin;x=1/y, mlflow admin+mlflow",
        "GET https://mlflow.akko.local/x;y/../admin, mlflow admin+mlflow",
        "GET https://mlflow.akko.local/x%2fadmin, health+mlflow admin+mlflow",
        "GET https://other.akko.local/..;/admin, health+options",
    })
    void theFirstThatIsAboutItDecides(String request, String deciding) {
        var ruling = rules().ruling(AskedFor.certain(request));
        String expected = request.contains(";y/../") ? "health+" + deciding : deciding;
        assertThat(names(ruling)).isEqualTo(expected);
    }

    @Test
    void whatIsNotToldMayBeAnything() {
        assertThat(names(rules().ruling(AskedFor.told("", "portal.akko.local", "/x", true))))
                .isEqualTo("portal+options");
        assertThat(names(rules().ruling(AskedFor.told("GET", "", "/x", true))))
                .isEqualTo("portal+old+mlflow+both+strong+options");
        assertThat(names(rules().ruling(AskedFor.told("GET", "portal.akko.local", "/x", false))))
                .isEqualTo("health+portal+old+mlflow admin+mlflow+both+strong+options");
    }

    @ParameterizedTest(name = "somebody of {0} with {1} at {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/admins     | a@x.y                        | mlflow.akko.local/admin/x | Pass",
                "role:admin  | a@x.y                        | mlflow.akko.local/admin/x | Pass",
                "admin       | a@x.y                        | mlflow.akko.local/admin/x | Refused GROUPS [/admins, role:admin]",
                "x           | a@akko.local                 | mlflow.akko.local/x       | Pass",
                "x           | a@evil.example@akko.local    | mlflow.akko.local/x       | Refused EMAIL_DOMAIN [akko.local]",
                "x           | a@x.y                        | mlflow.akko.local/x       | Refused EMAIL_DOMAIN [akko.local]",
                "a,c,d       | a@akko.local                 | both.akko.local/          | Pass",
                "a,c         | a@akko.local                 | both.akko.local/          | Refused ALL_GROUPS [d]",
                "c,d         | a@akko.local                 | both.akko.local/          | Refused GROUPS [a, b]",
                "a,c,d       | a@x.y                        | both.akko.local/          | Refused PEOPLE []",
                "x           | a@x.y                        | old.akko.local/           | Refused NOBODY []",
                "x           | a@x.y                        | elsewhere.akko.local/     | Refused GROUPS [everyday]",
                "everyday    | a@x.y                        | elsewhere.akko.local/     | Pass",
                "x           | a@x.y                        | strong.akko.local/        | StepUp acr_values=2&max_age=900",
                // for certain about one rule only where the other may be about it too
                "x           | a@akko.local                 | mlflow.akko.local/admin;a/b | Refused GROUPS [/admins, role:admin]",
            })
    void decidesAlone(String groups, String email, String url, String verdict) {
        var caller = AskedFor.caller(List.of(groups.split(",")), email, Map.of());
        assertThat(text(decide(caller, "GET https://" + url, ""))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"ai, Pass", "hr, Refused EMAIL_DOMAIN [akko.local]"})
    void goesByClaims(String department, String verdict) {
        var caller = AskedFor.caller(List.of(), "", Map.of("department", List.of("x", department)));
        assertThat(text(decide(caller, "GET https://mlflow.akko.local/x", ""))).isEqualTo(verdict);
    }

    @Test
    void namesTheClaimsThatTheSessionLacks() {
        var verdict = (Verdict.Refused) decide(AskedFor.in(), "GET https://mlflow.akko.local/x", "", "nobody@x.y");
        assertThat(verdict.refusal().unknown()).containsExactly("department");
        assertThat(verdict.refusal().name()).isEqualTo("mlflow");
    }

    @ParameterizedTest(name = "nobody at {0} with {1}: {2}")
    @CsvSource({
        "GET https://portal.akko.local/, '', Pass",
        "GET https://portal.akko.local/, allowed_groups=a, SignIn",
        "GET https://portal.akko.local/, allowed_groups=, Pass",
        "POST https://portal.akko.local/, '', SignIn",
        "GET https://old.akko.local/, '', Refused NOBODY []",
        "GET https://mlflow.akko.local/, '', SignIn",
        "GET https://mlflow.akko.local/health, '', Pass",
        "GET https://mlflow.akko.local/health;x, '', SignIn",
        "GET https://elsewhere.akko.local/open, '', Pass",
    })
    void opensOnlyWhatIsPublicForCertain(String request, String query, String verdict) {
        assertThat(text(decisions(rules()).ofNobody(AskedFor.certain(request), query)))
                .isEqualTo(verdict);
    }

    @Test
    void theQueryRestrictsOnTop() {
        assertThat(text(decide(AskedFor.in("/admins"), "GET https://mlflow.akko.local/admin", "allowed_groups=x")))
                .isEqualTo("Refused GROUPS [x]");
    }

    @ParameterizedTest(name = "acr {0}, {1} s ago, asked {2}: {3}")
    @CsvSource({
        "2, 60, false, Pass",
        "2, 899, false, Pass",
        "2, 901, false, StepUp acr_values=2&max_age=900",
        "1, 60, false, StepUp acr_values=2&max_age=900",
        "'', 60, false, StepUp acr_values=2&max_age=900",
        "1, 60, true, 'Refused LEVEL [2, within 15 minutes]'",
        "2, 901, true, 'Refused LEVEL [2, within 15 minutes]'",
        "2, '', true, 'Refused LEVEL [2, within 15 minutes]'",
    })
    void asksForALevelOnce(String acr, String age, boolean asked, String verdict) {
        var claims = new java.util.HashMap<String, List<String>>();
        claims.put(Level.ACR, acr.isEmpty() ? List.of() : List.of(acr));
        claims.put(
                Level.AUTH_TIME,
                age.isEmpty()
                        ? List.of()
                        : List.of(String.valueOf(AskedFor.NOW.getEpochSecond() - Long.parseLong(age))));
        claims.put(" asked", asked ? List.of("acr_values=2&max_age=900") : List.of());
        assertThat(text(decide(AskedFor.caller(List.of(), "", claims), "GET https://strong.akko.local/", "")))
                .isEqualTo(verdict);
    }

    /** A sign-in that was good enough and has grown old is no reason to give up. */
    @Test
    void asksAgainWhenTheSignInHasGrownOld() {
        var claims = Map.of(
                Level.ACR,
                List.of("2"),
                Level.AUTH_TIME,
                List.of(String.valueOf(AskedFor.NOW.getEpochSecond())),
                " asked",
                List.of("acr_values=2&max_age=900"));
        var decisions = new Decisions(
                rules(), options(), new SkipRules(settings()), () -> AskedFor.NOW.plus(Duration.ofHours(1)));
        var asked = AskedFor.certain("GET https://strong.akko.local/");
        assertThat(decisions.of(AskedFor.caller(List.of(), "", claims), true, () -> asked, ""))
                .isInstanceOf(Verdict.StepUp.class);
    }

    /** One sign-in would undo the other's level, for ever. */
    @Test
    void neverSendsPeopleBetweenTwoLevels() {
        var book = RuleBooks.of("""
                [[rule]]
                path = "/a/*"
                signed_in = true
                acr = "2"
                [[rule]]
                signed_in = true
                acr = "3"
                """);
        var asked = AskedFor.certain("GET https://x.akko.local/a;b/c");
        var caller = AskedFor.caller(List.of(), "", Map.of(Level.ACR, List.of("2")));
        assertThat(text(decisions(new AccessRules(() -> book)).of(caller, true, () -> asked, "")))
                .isEqualTo("Refused LEVEL [3]");
    }

    @Test
    void followsItsFile() {
        var book = new AtomicReference<>(BOOK);
        var rules = new AccessRules(book::get);
        var asked = AskedFor.certain("GET https://portal.akko.local/");
        assertThat(names(rules.ruling(asked))).isEqualTo("portal");
        book.set(RuleBooks.of("[[rule]]\nname = \"closed\"\nnobody = true\n"));
        assertThat(names(rules.ruling(asked))).isEqualTo("closed");
        assertThat(rules.demands(new Level(List.of("2"), Optional.of(Duration.ofMinutes(15)))))
                .isFalse();
        book.set(BOOK);
        assertThat(rules.demands(new Level(List.of("2"), Optional.of(Duration.ofMinutes(15)))))
                .isTrue();
        assertThat(rules.demands(new Level(List.of("3"), Optional.empty()))).isFalse();
        assertThat(rules.demands(Level.ANY)).isFalse();
    }

    private static AccessRules rules() {
        return new AccessRules(() -> BOOK);
    }

    private static AdmissionSettings settings() {
        var open = new AdmissionSettings.SkipRoute(Optional.empty(), false, com.google.re2j.Pattern.compile("^/open$"));
        return new AdmissionSettings(List.of("*"), List.of("everyday"), List.of(open), false, List.of());
    }

    private static AdmissionRules options() {
        return new AdmissionRules(settings());
    }

    private static Decisions decisions(AccessRules rules) {
        return new Decisions(rules, options(), new SkipRules(settings()), () -> AskedFor.NOW);
    }

    private static Verdict decide(Caller caller, String request, String query) {
        ForwardedRequest asked = AskedFor.certain(request);
        return decisions(rules()).of(caller, options().refusal(caller).isEmpty(), () -> asked, query);
    }

    private static Verdict decide(Caller caller, String request, String query, String email) {
        return decide(AskedFor.caller(caller.groups(), email, Map.of()), request, query);
    }

    private static String names(Ruling ruling) {
        String names =
                String.join("+", ruling.rules().stream().map(AccessRule::name).toList());
        return ruling.options() ? (names.isEmpty() ? "options" : names + "+options") : names;
    }

    private static String text(Verdict verdict) {
        String kind = verdict.getClass().getSimpleName();
        if (verdict instanceof Verdict.Refused refused) {
            return kind + " " + refused.refusal().rule() + " "
                    + refused.refusal().admitted();
        }
        return verdict instanceof Verdict.StepUp stepUp
                ? kind + " " + stepUp.level().query()
                : kind;
    }
}
