package io.github.postern.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PageAssertions.HasURLOptions;
import com.microsoft.playwright.options.AriaRole;
import io.github.postern.Alone;
import io.github.postern.testbed.Gateway;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people do, in a real browser with a real Keycloak; pictures land under {@code target/screenshots/e2e}. */
@Alone("one Keycloak and one gateway serve all classes that need them")
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChromiumIT {
    private final Site site;
    private final TestBed bed;
    private Chromium chromium;

    ChromiumIT(TestBed bed) {
        this.bed = bed;
        this.site = bed.site();
    }

    @BeforeAll
    void start() {
        bed.use(Gateway.firstPresent());
        chromium = Chromium.start(site);
    }

    @AfterAll
    void stop() {
        chromium.close();
    }

    @Test
    void onePersonsMorning() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            page.navigate(url("console", "/experiments?view=all"));
            assertThat(page).hasURL(Pattern.compile("//identity\\."));
            Chromium.screenshot(page, "1-login");
            Chromium.signIn(page, "alice", "alice-pw");
            assertThat(page).hasURL(url("console", "/experiments?view=all"));
            assertThat(page.locator("#answer")).containsText("alice@akko.example");
            Chromium.screenshot(page, "2-console");

            page.navigate(url("live", "/"));
            assertThat(page.locator("#heard")).containsText("connected as alice");
            Chromium.screenshot(page, "3-live");

            page.navigate(url("portal", "/oauth2/sign_in"));
            assertThat(page.locator("main")).containsText("alice@akko.example");
            assertThat(page.locator("main")).containsText("/data");
            Chromium.screenshot(page, "4-account");

            button(page, "Sign out").click();
            assertThat(page.locator("h1")).containsText("signed out");
            Chromium.screenshot(page, "5-signed-out");

            page.navigate(url("portal", "/"));
            assertThat(page.locator("#kc-login")).isVisible();
        }
    }

    /** A server never sees what stands behind the {@code #}; apps like MLflow have their pages there. */
    @Test
    void theFragmentIsStillThereAfterSigningIn() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            page.navigate(url("console", "/experiments?view=all#/runs/7"));
            Chromium.signIn(page, "alice", "alice-pw");
            assertThat(page.locator("#fragment")).hasText("#/runs/7");
            assertThat(page).hasURL(url("console", "/experiments?view=all#/runs/7"));
        }
    }

    @Test
    void aPageThatFetchesIsToldThatTheSessionIsOver() {
        try (var window = chromium.window()) {
            var page = signedIn(window, url("console", "/"));
            window.clearCookies();
            button(page, "Fetch /api/headers").click();
            assertThat(page.locator("#answer")).containsText("401");
        }
    }

    @Test
    void tenTabsSignInAtOnceAndEachEndsWhereItWasGoing() {
        try (var window = chromium.window()) {
            var addresses = IntStream.range(0, 10)
                    .mapToObj(tab -> url(Site.APPS.get(tab % 3), "/tab?number=" + tab))
                    .toList();
            List<Page> tabs = addresses.stream()
                    .map(address -> {
                        var tab = window.newPage();
                        // does not wait: all ten are under way together
                        tab.evaluate("address => { location.href = address }", address);
                        return tab;
                    })
                    .toList();
            tabs.forEach(tab -> assertThat(tab.locator("#kc-login")).isVisible());
            Chromium.signIn(tabs.get(0), "alice", "alice-pw");
            for (int tab = 0; tab < tabs.size(); tab++) {
                arrive(tabs.get(tab), addresses.get(tab));
            }
        }
    }

    @Test
    void theBackButtonDoesNotBreakAnything() {
        try (var window = chromium.window()) {
            var page = signedIn(window, url("portal", "/first"));
            page.navigate(url("portal", "/second"));
            page.goBack();
            assertThat(page).hasURL(url("portal", "/first"));
            page.goBack();
            Chromium.screenshot(page, "6-back-at-login");
            page.navigate(url("portal", "/third"));
            assertThat(page.locator("#user")).hasText("alice");
        }
    }

    @Test
    void aWrongPasswordThenTheRightOne() {
        try (var window = chromium.window()) {
            var page = window.newPage();
            page.navigate(url("portal", "/after?a=b"));
            Chromium.signIn(page, "alice", "wrong");
            assertThat(page.locator("#kc-login")).isVisible();
            assertThat(page.locator("body")).containsText("Invalid username or password");
            Chromium.signIn(page, "alice", "alice-pw");
            assertThat(page).hasURL(url("portal", "/after?a=b"));
        }
    }

    @Test
    void blockedCookiesEndOnAPageThatSaysSo(@TempDir Path profile) throws IOException {
        try (var window = chromium.windowWithBlockedCookies(profile)) {
            var page = window.newPage();
            page.navigate(url("portal", "/"));
            Chromium.signIn(page, "alice", "alice-pw");
            assertThat(page.locator("main")).containsText(Pattern.compile("cookie", Pattern.CASE_INSENSITIVE));
            Chromium.screenshot(page, "7-cookies-blocked");
            assertThat(window.cookies()).noneMatch(cookie -> cookie.name.startsWith("_akko"));
        }
    }

    private Page signedIn(BrowserContext window, String address) {
        var page = window.newPage();
        page.navigate(address);
        Chromium.signIn(page, "alice", "alice-pw");
        assertThat(page).hasURL(address);
        return page;
    }

    /** Keycloak's page moves on by itself once another tab has signed in; where its script is late, a person would sign in again. */
    private static void arrive(Page tab, String address) {
        assertThat(tab).hasURL(address, new HasURLOptions().setTimeout(20_000));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private String url(String app, String path) {
        return site.scheme() + "://" + site.host(app) + ":" + site.port() + path;
    }
}
