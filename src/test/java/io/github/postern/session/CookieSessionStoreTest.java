package io.github.postern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;

/** The store as pac4j uses it, through a browser that keeps what it is told to. */
final class CookieSessionStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private final StoreBrowser browser = new StoreBrowser(NOW);

    @Test
    void keepsASession() {
        browser.send(context ->
                browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile(List.of("/data")))));
        assertThat(browser.cookies().keySet()).containsExactly("_akko_oauth2");
        assertThat(browser.profile()).hasValueSatisfying(profile -> {
            assertThat(profile.getId()).isEqualTo("alice");
            assertThat(profile.getAttribute("groups")).isEqualTo(List.of("/data"));
        });
    }

    @Test
    void splitsALargeSessionAndTakesStalePartsAway() {
        browser.send(
                context -> browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile(noise(220)))));
        assertThat(browser.cookies().keySet())
                .contains("_akko_oauth2_0", "_akko_oauth2_1")
                .doesNotContain("_akko_oauth2");
        assertThat(browser.cookies().values())
                .allSatisfy(value -> assertThat(value.length()).isLessThan(4000));
        assertThat(browser.profile()).isPresent();
        browser.send(
                context -> browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile(List.of()))));
        assertThat(browser.cookies().keySet()).containsExactly("_akko_oauth2");
        assertThat(browser.profile()).isPresent();
    }

    @Test
    void twoHundredKeycloakGroupsFitIntoOneCookie() {
        List<String> groups = IntStream.range(0, 200)
                .mapToObj(i -> "/department-" + i + "/team")
                .toList();
        browser.send(context -> browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile(groups))));
        assertThat(browser.cookies().keySet()).containsExactly("_akko_oauth2");
        assertThat(browser.profile().orElseThrow().getAttribute("groups")).isEqualTo(groups);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> browser.send(context ->
                        browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile(noise(2000))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cookies");
    }

    @Test
    void endsWhenItsTimeIsUp() {
        browser.send(
                context -> browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile(List.of()))));
        browser.at(NOW.plus(Duration.ofHours(1)).minusSeconds(1));
        assertThat(browser.profile()).isPresent();
        browser.at(NOW.plus(Duration.ofHours(1)));
        assertThat(browser.profile()).isEmpty();
    }

    @Test
    void comesFromAClockAtMostFiveMinutesAhead() {
        browser.send(
                context -> browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile(List.of()))));
        browser.at(NOW.minus(Duration.ofMinutes(2)));
        assertThat(browser.profile()).isPresent();
        browser.at(NOW.minus(Duration.ofMinutes(10)));
        assertThat(browser.profile()).isEmpty();
    }

    @Test
    void aCookieThatOpensNothingIsTakenAway() {
        browser.cookies().put("_akko_oauth2", "garbage");
        browser.cookies().put("_akko_oauth2_3", "stale");
        assertThat(browser.profile()).isEmpty();
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void keepsTheIdTokenBesideTheSession() {
        var profile = profile(List.of());
        profile.setIdTokenString("ey.ey.sig");
        browser.send(context -> browser.store().set(context, Pac4jConstants.USER_PROFILES, session(profile)));
        assertThat(browser.cookies().keySet()).containsExactlyInAnyOrder("_akko_oauth2", "_akko_oauth2_tokens");
        assertThat(browser.<Object>ask(context -> browser.store().get(context, "id_token")))
                .isEqualTo(java.util.Optional.of("ey.ey.sig"));
    }

    @Test
    void keepsEachTripUnderItsState() {
        beginTrip("one", "/1");
        beginTrip("two", "/2");
        assertThat(target("one")).hasValue("/1");
        assertThat(target("two")).hasValue("/2");
        assertThat(target("three")).isEmpty();
    }

    @Test
    void aTripEndsOnceAndLeavesTheOthers() {
        beginTrip("one", "/1");
        beginTrip("two", "/2");
        browser.state("one");
        browser.send(context -> browser.store().set(context, StoreBrowser.STATE_KEY, null));
        assertThat(target("one")).isEmpty();
        assertThat(target("two")).hasValue("/2");
    }

    @Test
    void aTripDoesNotOutliveItsTime() {
        beginTrip("one", "/1");
        browser.at(NOW.plus(Duration.ofMinutes(15)).plusSeconds(1));
        assertThat(target("one")).isEmpty();
    }

    @Test
    void aHundredTripsLeaveAFew() {
        for (int i = 0; i < 100; i++) {
            browser.at(NOW.plusSeconds(i));
            beginTrip("s" + i, "/" + "x".repeat(300) + i);
        }
        assertThat(browser.cookies()).hasSizeLessThanOrEqualTo(8);
        assertThat(browser.cookies().values().stream().mapToInt(String::length).sum())
                .isLessThan(8192);
        assertThat(target("s99")).isPresent();
    }

    private void beginTrip(String state, String target) {
        browser.state("");
        browser.send(context -> {
            browser.store().set(context, Pac4jConstants.REQUESTED_URL, target);
            browser.store().set(context, StoreBrowser.STATE_KEY, state);
        });
    }

    private java.util.Optional<Object> target(String state) {
        browser.state(state);
        return browser.ask(context -> browser.store().get(context, Pac4jConstants.REQUESTED_URL));
    }

    private static Map<String, OidcProfile> session(OidcProfile profile) {
        return Map.of("oidc", profile);
    }

    private static List<String> noise(int groups) {
        var random = new Random(7);
        return IntStream.range(0, groups)
                .mapToObj(i -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()))
                .toList();
    }

    private static OidcProfile profile(List<String> groups) {
        var profile = new OidcProfile();
        profile.setId("alice");
        profile.addAttribute("groups", groups);
        profile.addAttribute(JwtClaims.ISSUED_AT, NOW.getEpochSecond());
        profile.addAttribute(
                JwtClaims.EXPIRATION_TIME, NOW.plus(Duration.ofHours(1)).getEpochSecond());
        profile.addAttribute(JwtClaims.JWT_ID, "j1");
        return profile;
    }
}
