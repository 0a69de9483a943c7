package io.github.postern.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.github.postern.testbed.Site;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Chromium of this machine, made to find the site's hosts on loopback. */
final class Chromium implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots", "e2e");

    private final Site site;
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Site site, Playwright playwright) {
        this.site = site;
        this.playwright = playwright;
        this.browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(program()).setArgs(arguments()));
    }

    static Chromium start(Site site) {
        // the browser is Debian's; Playwright would download one of its own
        var options = new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        return new Chromium(site, Playwright.create(options));
    }

    /** A person's window: cookies of its own. */
    BrowserContext window() {
        return browser.newContext(
                new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setViewportSize(1280, 900));
    }

    /** The window of somebody who lets no site but the identity provider keep cookies. */
    BrowserContext windowWithBlockedCookies(Path profile) throws IOException {
        var settings = Files.createDirectories(profile.resolve("Default"));
        Files.writeString(settings.resolve("Preferences"), """
                {"profile": {"content_settings": {"exceptions": {"cookies": {
                  "https://%s:%d,*": {"setting": 2}, "https://[*.]%s:%d,*": {"setting": 2},
                  "https://%s:%d,*": {"setting": 1}}}}}}
                """.formatted(
                        site.domain(), site.port(), site.domain(), site.port(), site.host(Site.IDENTITY), site.port()));
        return playwright
                .chromium()
                .launchPersistentContext(
                        profile,
                        new LaunchPersistentContextOptions()
                                .setExecutablePath(program())
                                .setArgs(arguments())
                                .setIgnoreHTTPSErrors(true));
    }

    static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** Fills in Keycloak's form. */
    static void signIn(Page page, String user, String password) {
        page.locator("#username").fill(user);
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
    }

    @Override
    public void close() {
        playwright.close();
    }

    private List<String> arguments() {
        var domain = site.domain();
        return List.of(
                // root may not use the sandbox, and CI is root
                "--no-sandbox", "--host-resolver-rules=MAP " + domain + " 127.0.0.1, MAP *." + domain + " 127.0.0.1");
    }

    private static Path program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("chromium is not on the PATH; ./check installs it"));
    }
}
