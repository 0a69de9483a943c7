package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.LoadState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as people meet them: in Chromium, on a phone and a desktop, light and dark; pictures land under {@code target/screenshots}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesLookIT {
    private static final Map<String, int[]> SCREENS =
            Map.of("phone", new int[] {390, 844}, "desktop", new int[] {1280, 900});
    private static final Path PICTURES = Path.of("target/screenshots/pages");
    private static final int SMALLEST_BUTTON = 44;

    private GalleryTomcat tomcat;
    private Playwright playwright;
    private Browser browser;
    private String contrast;

    @BeforeAll
    void start(@TempDir Path base) throws Exception {
        try (var script = PagesLookIT.class.getResourceAsStream("/contrast.js")) {
            contrast = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        tomcat = GalleryTomcat.start(base);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("chromium", "/usr/bin/chromium")))
                        .setArgs(List.of("--no-sandbox", "--host-resolver-rules=MAP *.test 127.0.0.1")));
    }

    @AfterAll
    void stop() throws Exception {
        playwright.close();
        tomcat.close();
    }

    @ParameterizedTest
    @CsvSource({"phone,LIGHT", "phone,DARK", "desktop,LIGHT", "desktop,DARK"})
    void everyPageFitsItsScreenAndCanBeRead(String screen, ColorScheme scheme) {
        var size = SCREENS.get(screen);
        try (var context = browser.newContext(
                new NewContextOptions().setViewportSize(size[0], size[1]).setColorScheme(scheme))) {
            var page = context.newPage();
            var complaints = new ArrayList<String>();
            page.onConsoleMessage(message -> complaints.add(page.url() + " " + message.text()));
            for (var name : PagesIT.names()) {
                page.navigate(url(name));
                picture(page, name + "-" + screen + "-" + scheme.name().toLowerCase(Locale.ROOT));
                assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                        .as(name + " fits")
                        .isEqualTo(true);
                assertThat((List<?>) page.evaluate(contrast))
                        .as(name + ": text below WCAG AA")
                        .isEmpty();
            }
            assertThat(complaints).noneMatch(text -> text.contains("Content Security Policy"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign_in", "account", "sessions_admin", "refused", "framed", "failed_declined"})
    void whatCanBePressedIsLargeEnoughForAFinger(String name) {
        try (var page = browser.newPage()) {
            page.navigate(url(name));
            for (var control : page.locator("button, a.button, summary").all()) {
                assertThat(control.boundingBox().height).isGreaterThanOrEqualTo(SMALLEST_BUTTON);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSignInButtonLeadsThroughOtherHostsWithAndWithoutScript(boolean script) {
        try (var context = browser.newContext(new NewContextOptions().setJavaScriptEnabled(script))) {
            var page = context.newPage();
            page.navigate(url("sign_in_app"));
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in with Keycloak"))
                    .click();
            page.waitForURL("http://broker.test:*/arrived");
            assertThat(page.textContent("body")).isEqualTo("arrived");
        }
    }

    @Test
    void whatThePolicyForbidsInTheOperatorsHtmlDoesNotRun() {
        try (var page = browser.newPage()) {
            page.navigate(url("inert"));
            page.waitForLoadState(LoadState.NETWORKIDLE);
            assertThat(page.title()).isEqualTo("Sign in");
            assertThat(page.evaluate("getComputedStyle(document.querySelector('#styled')).position"))
                    .isEqualTo("static");
        }
    }

    @Test
    void theOperatorsLogoIsDrawnWithItsOwnStyle() {
        try (var page = browser.newPage()) {
            page.navigate(url("own_sign_in"));
            // the middle of its left edge is green, where an unstyled rectangle would be black
            assertThat(page.evaluate("""
                    async () => {
                      const logo = document.querySelector('.logo.own'); await logo.decode();
                      const canvas = new OffscreenCanvas(400, 100), pen = canvas.getContext('2d');
                      pen.drawImage(logo, 0, 0, 400, 100);
                      return Array.from(pen.getImageData(6, 50, 1, 1).data).join();
                    }""")).isEqualTo("10,125,82,255");
        }
    }

    @Test
    void theFragmentTravelsWithTheSignIn() {
        try (var page = browser.newPage()) {
            page.navigate(url("sign_in_app#/experiments/1?a=b&c=d"));
            var request = page.waitForRequest("**/oauth2/start?*", () -> press(page, "Sign in with Keycloak"));
            assertThat(request.url()).contains("z%3D2%23%2Fexperiments%2F1%3Fa%3Db%26c%3Dd");
        }
    }

    @Test
    void theSignOutFormTellsOurOriginAndLeadsThroughOtherHosts() {
        try (var page = browser.newPage()) {
            page.navigate(url("account"));
            var request = page.waitForRequest("**/oauth2/sign_out", () -> press(page, "Sign out"));
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.postData()).contains("rd=https%3A%2F%2Fmlflow.akko.local%2Fx");
            assertThat(request.allHeaders()).containsEntry("origin", "http://127.0.0.1:" + tomcat.port());
            page.waitForURL("http://broker.test:*/arrived");
        }
    }

    @ParameterizedTest
    @CsvSource({"framed,true", "sign_in,false", "account,false"})
    void aFrameShowsThePageMadeForItAndNoOther(String name, boolean shown) {
        try (var page = browser.newPage()) {
            page.route(
                    "**/portal",
                    route -> route.fulfill(new FulfillOptions()
                            .setContentType("text/html")
                            .setBody("<iframe src='/" + name + "'></iframe>")));
            page.navigate(url("portal"));
            page.waitForLoadState(LoadState.NETWORKIDLE);
            var logo = page.frameLocator("iframe").locator("main > .logo");
            assertThat(logo.count()).isEqualTo(shown ? 1 : 0);
            if (shown) {
                page.frameLocator("iframe").getByRole(AriaRole.LINK).click();
                page.waitForURL("http://broker.test:*/arrived"); // the whole window, not the frame
            }
        }
    }

    @Test
    void highContrastColoursKeepButtonsVisible() {
        try (var context = browser.newContext(new NewContextOptions().setForcedColors(ForcedColors.ACTIVE))) {
            var page = context.newPage();
            page.navigate(url("account"));
            picture(page, "account-forced-colors");
            assertThat(page.evaluate("getComputedStyle(document.querySelector('button')).borderTopStyle"))
                    .isEqualTo("solid");
        }
    }

    @Test
    void theKeyboardReachesEverythingInReadingOrder() {
        try (var page = browser.newPage()) {
            page.navigate(url("account_long"));
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("SUMMARY");
            page.keyboard().press("Enter");
            assertThat(page.evaluate("document.querySelector('details').open")).isEqualTo(true);
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Go on to mlflow.akko.local");
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Sign out");
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "refused", "failed_cookie_domain"})
    void aPageIsReadableWithoutItsStyle(String name) {
        try (var page = browser.newPage()) {
            page.route("**/assets/**", route -> route.abort());
            page.navigate(url(name));
            picture(page, name + "-plain");
            assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1))
                            .count())
                    .isEqualTo(1);
            assertThat(page.getByRole(AriaRole.MAIN).count()).isEqualTo(1);
        }
    }

    private static void picture(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    }

    private static void press(Page page, String label) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(label)).press("Enter");
    }

    private String url(String name) {
        return tomcat.uri(name).toString();
    }
}
