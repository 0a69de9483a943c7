package io.github.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;

/** Sessions in cookies that end when nobody uses them for half an hour. */
final class IdleSessionsTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private final StoreBrowser browser = new StoreBrowser(BEGIN, Duration.ofMinutes(30));

    @ParameterizedTest
    @CsvSource({"29, true", "30, true", "31, false", "55, false"})
    void endAfterTheTimeOut(int minutes, boolean alive) {
        signIn(browser);
        browser.at(BEGIN.plus(Duration.ofMinutes(minutes)));
        assertThat(browser.profile().isPresent()).isEqualTo(alive);
    }

    @Test
    void goOnWhileTheyAreUsed() {
        signIn(browser);
        for (int minutes = 5; minutes < 60; minutes += 25) {
            browser.at(BEGIN.plus(Duration.ofMinutes(minutes)));
            assertThat(browser.profile()).as("%d", minutes).isPresent();
        }
    }

    @Test
    void areRememberedWhereTheNewCookieNeverArrives() {
        signIn(browser);
        var first = Map.copyOf(browser.cookies());
        for (int minutes = 5; minutes < 60; minutes += 25) {
            browser.at(BEGIN.plus(Duration.ofMinutes(minutes)));
            assertThat(browser.profile()).as("%d", minutes).isPresent();
            browser.cookies().putAll(first);
        }
    }

    @ParameterizedTest
    @CsvSource({"7, false", "8, true"})
    void areOfferedANewCookieAfterAQuarterOfTheTimeOut(int minutes, boolean offered) {
        signIn(browser);
        var first = Map.copyOf(browser.cookies());
        browser.at(BEGIN.plus(Duration.ofMinutes(minutes)));
        browser.profile();
        assertThat(browser.cookies().equals(first)).isEqualTo(!offered);
    }

    @Test
    void endNoEarlierByANewCookie() {
        signIn(browser);
        browser.at(BEGIN.plus(Duration.ofMinutes(20)));
        assertThat(browser.profile().orElseThrow().getAttribute(JwtClaims.EXPIRATION_TIME))
                .isEqualTo(BEGIN.plus(Duration.ofHours(1)).getEpochSecond());
        browser.at(BEGIN.plus(Duration.ofMinutes(40)));
        assertThat(browser.profile()).isPresent();
        browser.at(BEGIN.plus(Duration.ofMinutes(61)));
        assertThat(browser.profile()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 15", "2, 30", "30, 60", "480, 60"})
    void areTakenDownOnceAMinuteAtMost(int minutes, int seconds) {
        var idle = new Idle(Duration.ofMinutes(minutes));
        assertThat(idle.isWorthANote(BEGIN, BEGIN.plusSeconds(seconds - 1))).isFalse();
        assertThat(idle.isWorthANote(BEGIN, BEGIN.plusSeconds(seconds))).isTrue();
    }

    @Test
    void lastWhereNobodyTookTheirUseDown() {
        assertThat(new Idle(Duration.ofMinutes(30)).ended(Instant.EPOCH, BEGIN)).isFalse();
        assertThat(new Idle(Duration.ZERO).ended(BEGIN, BEGIN.plus(Duration.ofDays(9))))
                .isFalse();
    }

    private static void signIn(StoreBrowser browser) {
        var profile = new OidcProfile();
        profile.setId("alice");
        profile.addAttribute(JwtClaims.JWT_ID, "s");
        profile.addAttribute(JwtClaims.ISSUED_AT, BEGIN.getEpochSecond());
        profile.addAttribute(
                JwtClaims.EXPIRATION_TIME, BEGIN.plus(Duration.ofHours(1)).getEpochSecond());
        browser.send(context -> browser.store().set(context, Pac4jConstants.USER_PROFILES, Map.of("oidc", profile)));
    }
}
