package io.github.postern.web;

import io.github.postern.config.Level;
import io.github.postern.config.Logo;
import io.github.postern.config.PageSettings;
import io.github.postern.gate.Caller;
import io.github.postern.web.FailedView.Fact;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Every page with ordinary content, and again with content that is long, foreign or hostile. */
final class Gallery {
    static final String HOSTILE = "\"><script>alert(1)</script>'&amp;${7*7}#{7*7}";

    private static final String BANNER =
            "<p><strong>AKKO data platform</strong><br>Use your staff account. <a href=\"https://help.akko.local/\">Help</a></p>";
    private static final String FOOTER = "Run by the platform team, <a href=\"mailto:it@akko.local\">it@akko.local</a>";
    private static final Target APP = new Target("https://mlflow.akko.local/x?y=1&z=2");
    private static final Instant SINCE = Instant.parse("2026-11-24T08:05:59.5Z");
    private static final Instant UNTIL = Instant.parse("2026-12-01T08:05:59Z");
    private static final SignOutForm FORM = new SignOutForm(APP);
    private static final String REFERENCE = "7F3A-91C2";

    private final Map<String, Page> pages = new LinkedHashMap<>();

    /** @param look pages as the operator wants them to look */
    Gallery(Function<PageSettings, Pages> look) {
        var to = look.apply(new PageSettings(new Logo(Logo.Kind.OURS, ""), "", "", false));
        ordinary(to);
        refused(to);
        refusedByRule(to);
        extreme(to);
        for (var failure : LoginFailure.values()) {
            var view = new FailedView(failure, REFERENCE, APP, facts(failure));
            pages.put(name(failure), (request, response) -> to.failed(request, response, view));
        }
        own(look);
    }

    /** Pages with the operator's own logo, banner and footer, and with the cause of a failure. */
    private void own(Function<PageSettings, Pages> look) {
        var file = new Logo(Logo.Kind.FILE, "logo.svg");
        var to = look.apply(new PageSettings(file, BANNER, FOOTER, true));
        var bare = look.apply(
                new PageSettings(new Logo(Logo.Kind.NONE, ""), "For e-mail addresses at akko.local.", "", false));
        var bob = Person.of(caller("bob", "bob@example.org", List.of("guests")));
        var cause = new Fact(
                "Cause", "the callback carried error=server_error error_description=Realm does not exist: " + HOSTILE);
        pages.put("own_sign_in", (q, a) -> to.signIn(q, a, new SignInView(APP, SignInView.Notice.FORM_NOT_SENT)));
        pages.put("own_signed_out", (q, a) -> to.signedOut(q, a, new SignedOutView(Target.HOME, true)));
        pages.put(
                "own_refused",
                (q, a) -> to.refused(
                        q, a, new RefusedView(bob, RefusedView.Rule.GROUPS, List.of("data-science"), FORM, REFERENCE)));
        pages.put(
                "own_failed",
                (q, a) ->
                        to.failed(q, a, new FailedView(LoginFailure.PROVIDER_BROKEN, REFERENCE, APP, List.of(cause))));
        pages.put("own_bare", (q, a) -> bare.signIn(q, a, new SignInView(APP, SignInView.Notice.NONE)));
    }

    /** A page whose operator wrote what the pages' policy keeps from working. */
    static void showInert(Function<PageSettings, Pages> look, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var inert = "<script>document.title = 'run'</script><p id='styled' style='position: fixed'>Hello</p>"
                + "<img src='http://other.test/x.png' onerror='document.title = \"run\"' alt=''>";
        look.apply(new PageSettings(new Logo(Logo.Kind.OURS, ""), inert, inert, false))
                .signIn(request, response, new SignInView(APP, SignInView.Notice.NONE));
    }

    private void ordinary(Pages to) {
        var alice = caller("alice", "alice@akko.local", List.of("data-science", "role:admin", "/akko/portal users"));
        pages.put("sign_in", (q, a) -> to.signIn(q, a, new SignInView(Target.HOME, SignInView.Notice.NONE)));
        pages.put("sign_in_app", (q, a) -> to.signIn(q, a, new SignInView(APP, SignInView.Notice.NONE)));
        pages.put("form_not_sent", (q, a) -> to.signIn(q, a, new SignInView(APP, SignInView.Notice.FORM_NOT_SENT)));
        pages.put("step_up", (q, a) -> {
            q.setAttribute("level", Level.of("2", "")); // as Logins does
            to.signIn(q, a, new SignInView(APP, SignInView.Notice.LEVEL));
        });
        for (var notice : SignInView.Notice.values()) {
            if (notice.isOfPassword()) {
                String name = "sign_in_" + notice.name().toLowerCase(Locale.ROOT);
                pages.put(name, (q, a) -> to.signIn(q, a, new SignInView(APP, notice, "alice")));
            }
        }
        pages.put("account", (q, a) -> to.account(q, a, AccountView.of(alice, FORM)));
        pages.put(
                "account_bare",
                (q, a) -> to.account(
                        q, a, AccountView.of(new Caller("5f1c0b1e", "", "", List.of(), SINCE, Instant.MAX), FORM)));
        pages.put("account_listed", (q, a) -> to.account(q, a, AccountView.of(alice, FORM, true)));
        sessions(to);
        pages.put("confirm_sign_out", (q, a) -> to.confirmSignOut(q, a, AccountView.of(alice, FORM)));
        pages.put("signed_out", (q, a) -> to.signedOut(q, a, new SignedOutView(Target.HOME, true)));
        pages.put("signed_out_here", (q, a) -> to.signedOut(q, a, new SignedOutView(APP, false)));
        pages.put("framed", (q, a) -> to.framed(q, a, new FramedView(APP)));
        pages.put("not_found", to::notFound);
    }

    private void sessions(Pages to) {
        var firefox = row("Firefox on Linux", "203.0.113.7", true);
        var rows = List.of(
                firefox, row("Safari on iPhone", "2001:db8:85a3::8a2e:370:7334", false), row("curl", "", false));
        var hostile = List.of(row(HOSTILE, HOSTILE, false), row("é".repeat(40), "x".repeat(60), true));
        var none = SessionsView.Search.NONE;
        var alice =
                new SessionsView.Found(new Person("alice", "alice@akko.local", List.of()), "5f1c0b1e-subject", rows);
        var fox = new SessionsView.Found(
                new Person(HOSTILE, "a".repeat(190) + "@akko.local", List.of()), HOSTILE, hostile);
        sessions("sessions", to, true, rows, none);
        sessions("sessions_one", to, true, List.of(firefox), none);
        sessions("sessions_none", to, true, List.of(), none);
        sessions("sessions_in_browser", to, false, List.of(), none);
        sessions("sessions_admin", to, true, List.of(firefox), new SessionsView.Search(true, "alice", List.of(alice)));
        sessions("sessions_nobody", to, true, List.of(firefox), new SessionsView.Search(true, HOSTILE, List.of()));
        sessions("sessions_hostile", to, true, hostile, new SessionsView.Search(true, HOSTILE, List.of(fox)));
        var elsewhere = new SessionsView(true, SessionsView.Notice.ELSEWHERE, rows, none);
        pages.put("sessions_elsewhere", (q, a) -> to.sessions(q, a, elsewhere));
    }

    private void sessions(String name, Pages to, boolean kept, List<SessionRow> rows, SessionsView.Search search) {
        var view = new SessionsView(kept, SessionsView.Notice.NONE, rows, search);
        pages.put(name, (q, a) -> to.sessions(q, a, view));
    }

    private static SessionRow row(String device, String address, boolean current) {
        return new SessionRow("h-" + device, device, address, Moment.of(SINCE), Moment.of(UNTIL), current);
    }

    private void refused(Pages to) {
        var bob = Person.of(caller("bob", "bob@example.org", List.of("guests")));
        var nobody = Person.of(caller("bob", "bob@example.org", List.of()));
        pages.put(
                "refused",
                (q, a) -> to.refused(
                        q,
                        a,
                        new RefusedView(
                                bob, RefusedView.Rule.GROUPS, List.of("data-science", "role:admin"), FORM, REFERENCE)));
        pages.put(
                "refused_no_groups",
                (q, a) -> to.refused(
                        q,
                        a,
                        new RefusedView(nobody, RefusedView.Rule.GROUPS, List.of("data-science"), FORM, REFERENCE)));
        pages.put(
                "refused_domain",
                (q, a) -> to.refused(
                        q,
                        a,
                        new RefusedView(bob, RefusedView.Rule.EMAIL_DOMAIN, List.of("akko.local"), FORM, REFERENCE)));
        pages.put(
                "refused_email_or_domain",
                (q, a) -> to.refused(
                        q,
                        a,
                        new RefusedView(
                                bob, RefusedView.Rule.EMAIL_OR_DOMAIN, List.of("akko.local"), FORM, REFERENCE)));
        pages.put(
                "refused_local_users",
                (q, a) -> to.refused(
                        q, a, new RefusedView(bob, RefusedView.Rule.LOCAL_USERS, List.of(), FORM, REFERENCE)));
        pages.put(
                "refused_email",
                (q, a) -> to.refused(q, a, new RefusedView(bob, RefusedView.Rule.EMAIL, List.of(), FORM, REFERENCE)));
    }

    private void refusedByRule(Pages to) {
        var bob = Person.of(caller("bob", "bob@example.org", List.of("guests")));
        var rule = new RefusedView.Origin("mlflow admins", List.of("department"));
        for (var kind : RefusedView.Rule.values()) {
            var view = new RefusedView(bob, kind, List.of("/admins"), FORM, REFERENCE, rule);
            pages.put("refused_by_" + kind.name().toLowerCase(Locale.ROOT), (q, a) -> to.refused(q, a, view));
        }
        var nobody = new RefusedView(Person.UNKNOWN, RefusedView.Rule.NOBODY, List.of(), FORM, REFERENCE, rule);
        pages.put("refused_nobody", (q, a) -> to.refused(q, a, nobody));
        var worst = new Person("'".repeat(300), "\"".repeat(300), List.of("<".repeat(500), "🦊".repeat(500)));
        var longest = new RefusedView.Origin("'".repeat(300), List.of("<".repeat(300), HOSTILE));
        var form = new SignOutForm(new Target("https://mlflow.akko.local/" + "é".repeat(4000)));
        var view = new RefusedView(worst, RefusedView.Rule.ALL_GROUPS, worst.groups(), form, REFERENCE, longest);
        pages.put("refused_by_worst", (q, a) -> to.refused(q, a, view));
    }

    private void extreme(Pages to) {
        var groups = IntStream.range(0, 200)
                .mapToObj(i -> i % 3 == 0
                        ? "مجموعة البيانات " + i
                        : "/very/long/path/of/a/group/without/any/space/number-" + i)
                .toList();
        var many = caller("\u202eعلي 🦊 \u05d3\u05e0\u05d9", "a".repeat(190) + "@akko.local", groups);
        var hostile = caller(HOSTILE, HOSTILE, List.of(HOSTILE, HOSTILE));
        var hostileForm = new SignOutForm(new Target("/" + HOSTILE));
        var worst = new Person("'".repeat(300), "\"".repeat(300), List.of("<".repeat(500), "🦊".repeat(500)));
        var worstForm = new SignOutForm(new Target("https://mlflow.akko.local/" + "é".repeat(4000)));
        pages.put(
                "refused_worst",
                (q, a) -> to.refused(
                        q, a, new RefusedView(worst, RefusedView.Rule.GROUPS, worst.groups(), worstForm, REFERENCE)));
        pages.put("framed_worst", (q, a) -> to.framed(q, a, new FramedView(worstForm.target())));
        pages.put("account_long", (q, a) -> to.account(q, a, AccountView.of(many, FORM)));
        pages.put(
                "refused_long",
                (q, a) -> to.refused(
                        q, a, new RefusedView(Person.of(many), RefusedView.Rule.GROUPS, groups, FORM, REFERENCE)));
        pages.put("account_hostile", (q, a) -> to.account(q, a, AccountView.of(hostile, hostileForm)));
        pages.put(
                "sign_in_hostile",
                (q, a) -> to.signIn(q, a, new SignInView(hostileForm.target(), SignInView.Notice.WRONG, HOSTILE)));
        pages.put(
                "refused_hostile",
                (q, a) -> to.refused(
                        q,
                        a,
                        new RefusedView(
                                Person.of(hostile), RefusedView.Rule.GROUPS, List.of(HOSTILE), hostileForm, HOSTILE)));
        pages.put(
                "failed_hostile",
                (q, a) -> to.failed(
                        q,
                        a,
                        new FailedView(
                                LoginFailure.CLIENT_REFUSED,
                                HOSTILE,
                                hostileForm.target(),
                                List.of(new Fact(HOSTILE, HOSTILE)))));
        pages.put("framed_hostile", (q, a) -> to.framed(q, a, new FramedView(hostileForm.target())));
    }

    List<String> names() {
        return List.copyOf(pages.keySet());
    }

    void show(String name, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var page = pages.get(name);
        if (page == null) {
            response.setStatus(HttpServletResponse.SC_GONE);
        } else {
            page.show(request, response);
        }
    }

    static String name(LoginFailure failure) {
        return "failed_" + failure.name().toLowerCase(Locale.ROOT);
    }

    private static Caller caller(String name, String email, List<String> groups) {
        return new Caller("5f1c0b1e-subject", email, name, groups, SINCE, UNTIL);
    }

    private static List<Fact> facts(LoginFailure failure) {
        return switch (failure) {
            case COOKIE_DOMAIN ->
                List.of(new Fact("this host", "mlflow.example.org"), new Fact("cookie-domain", ".akko.local"));
            case REDIRECT_URL ->
                List.of(
                        new Fact("redirect-url", "https://akko.local/oauth2/callback"),
                        new Fact("client-id", "akko-oauth2-proxy"));
            case EMAIL_MISSING -> List.of(new Fact("claim", "email"));
            case GROUPS_MISSING -> List.of(new Fact("claim", "groups"));
            default -> List.of();
        };
    }

    /** One page with its content. */
    private interface Page {
        void show(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }
}
