package io.github.postern.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.postern.Alone;
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
@Alone("one Keycloak and one gateway serve all classes that need them")
@ParameterizedClass(name = "{0}")
@MethodSource("gateways")
@ExtendWith(SharedTestBed.class)
final class DocumentedPagesIT {
    private static final String APP = "/tool.html";
    private static final String OPEN = "/open/portal.html";
    private static final String LIVE = "/listen.html";
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
        bed.show(LIVE, listening(bed.site()));
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

    @Test
    void aWebSocketThatIsCutOffOpensAgain() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            signIn(page, url("live", LIVE), "alice");
            assertThat(page.locator("#heard")).hasText("connected as alice");
            page.locator("#heard").evaluate("heard => { heard.textContent = 'nothing yet' }");
            page.evaluate("opened.close()");
            assertThat(page.locator("#heard")).hasText("connected as alice");
            assertThat(page).hasURL(url("live", LIVE));
        }
    }

    @Test
    void aWebSocketWithoutASessionLeadsToTheLogin() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            signIn(page, url("live", LIVE), "alice");
            assertThat(page.locator("#heard")).hasText("connected as alice");
            window.clearCookies();
            page.evaluate("opened.close()");
            Chromium.signIn(page, "alice", "alice-pw");
            assertThat(page).hasURL(url("live", LIVE));
            assertThat(page.locator("#heard")).hasText("connected as alice");
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

    /** The least page that listens by the documented script; it keeps hold of the socket that the script opened last. */
    private static String listening(Site site) {
        var documented = "wss://live.akko.local/ws";
        var script = snippet("websockets.md", "js");
        if (!script.contains(documented)) {
            throw new IllegalStateException("websockets.md has no " + documented);
        }
        var address = site.at("live", "/socket").toString().replaceFirst("https:", "wss:");
        return """
                <!doctype html>
                <title>A page that listens</title>
                <p id="heard">nothing yet</p>
                <script>
                let opened
                WebSocket = class extends WebSocket { constructor(address) { super(address); opened = this } }
                function show(text) { heard.textContent = text }
                %s
                </script>
                """.formatted(script.replace(documented, address));
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
