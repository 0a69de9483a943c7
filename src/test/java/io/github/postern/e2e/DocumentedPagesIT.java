package io.github.postern.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.postern.testbed.Gateway;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts that {@code docs/apps} shows, taken from the pages themselves and run in a real browser behind real gateways. */
@ParameterizedClass(name = "{0}")
@MethodSource("gateways")
@ExtendWith(SharedTestBed.class)
final class DocumentedPagesIT {
    private static final String APP = "/tool.html";
    private static final String OPEN = "/open/portal.html";
    private static Chromium chromium;

    @Parameter
    Gateway.Kind kind;

    private final Site site;

    DocumentedPagesIT(TestBed bed) {
        this.site = bed.site();
    }

    static List<Gateway.Kind> gateways() {
        return Stream.of(Gateway.Kind.NGINX, Gateway.firstPresent()).distinct().toList();
    }

    @BeforeAll
    static void start(TestBed bed) {
        chromium = Chromium.start(bed.site());
        bed.show(APP, page(snippet("single-page-app.md", "js")));
        bed.show("/portal.html", snippet("portal.md", "html"));
        bed.show(OPEN, snippet("portal.md", "html"));
    }

    @BeforeParameterizedClassInvocation
    static void use(Gateway.Kind kind, TestBed bed) {
        bed.use(kind);
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @Test
    void aSinglePageAppComesBackToItsPlaceWhenItsSessionIsOver() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            signIn(page, url("console", APP + "?view=all#/runs/7"), "alice");
            ask(page, "/api/headers");
            assertThat(page.locator("#answer")).hasText("console");
            window.clearCookies(new BrowserContext.ClearCookiesOptions().setName(Pattern.compile("_akko_oauth2.*")));
            page.locator("#answer").evaluate("answer => { answer.textContent = 'old page' }");
            page.locator("#ask").click();
            // Keycloak knows alice: no form, and the page is a new one
            assertThat(page.locator("#answer")).hasText("nothing yet");
            assertThat(page).hasURL(url("console", APP + "?view=all#/runs/7"));
            ask(page, "/api/headers");
            assertThat(page.locator("#answer")).hasText("console");
            screenshot(page, "spa");
        }
    }

    @Test
    void aSinglePageAppSendsToTheFormWhoIsSignedOutEverywhere() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            var address = url("console", APP + "#/x");
            signIn(page, address, "alice");
            window.clearCookies();
            ask(page, "/api/headers");
            Chromium.signIn(page, "alice", "alice-pw");
            assertThat(page).hasURL(address);
            assertThat(page.locator("#answer")).hasText("nothing yet");
        }
    }

    @Test
    void aSinglePageAppSaysWhatSigningInAgainWouldNotChange() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            signIn(page, url("console", APP), "bob");
            ask(page, "/admins/x");
            assertThat(page.locator("#answer")).hasText("You may not do this");
            assertThat(page).hasURL(url("console", APP));
            screenshot(page, "spa-refused");
        }
    }

    @Test
    void aPortalGreetsAndSignsOut() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            signIn(page, url("portal", "/portal.html"), "alice");
            assertThat(page.locator("#who")).hasText("alice");
            screenshot(page, "portal");
            page.getByText("Sign out").click();
            assertThat(page.locator("h1")).containsText("signed out");
            page.navigate(url("portal", "/portal.html"));
            assertThat(page.locator("#kc-login")).isVisible();
        }
    }

    @Test
    void aPortalForEverybodyKnowsWhoIsSignedInAndDoesNotInsist() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            page.navigate(url("portal", OPEN));
            assertThat(page.getByText("Sign out")).isVisible();
            assertThat(page.locator("#who")).hasText("");
            page.navigate(url("portal", "/oauth2/start?rd=" + OPEN));
            Chromium.signIn(page, "alice", "alice-pw");
            assertThat(page).hasURL(url("portal", OPEN));
            assertThat(page.locator("#who")).hasText("alice");
        }
    }

    private void signIn(Page page, String address, String user) {
        page.navigate(address);
        Chromium.signIn(page, user, user + "-pw");
        assertThat(page).hasURL(address);
    }

    private static void ask(Page page, String path) {
        page.locator("#path").fill(path);
        page.locator("#ask").click();
    }

    private void screenshot(Page page, String name) {
        Chromium.screenshot(page, "documented-" + name + "-" + kind.label());
    }

    private String url(String app, String path) {
        return site.at(app, "").toString() + path;
    }

    /** The least page that uses the documented function as an app would. */
    private static String page(String script) {
        return """
                <!doctype html>
                <title>A tool</title>
                <input id="path" value="/api/headers">
                <button id="ask">Ask</button>
                <p id="answer">nothing yet</p>
                <script>
                %s
                ask.onclick = () => call(path.value)
                  .then(answer => answer.json())
                  .then(told => { answer.textContent = told.app })
                  .catch(problem => { answer.textContent = problem.message })
                </script>
                """.formatted(script);
    }

    /** The only block of this language on a page of the documentation. */
    private static String snippet(String name, String language) {
        try {
            var text = Files.readString(Path.of("docs", "apps", name));
            var blocks = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                    .matcher(text)
                    .results()
                    .toList();
            if (blocks.size() != 1) {
                throw new IllegalStateException(name + " has " + blocks.size() + " blocks of " + language);
            }
            return blocks.get(0).group(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
