package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CookieReaderTest {
    private static final String TOO_LONG =
            "cookie-refresh: must be shorter than cookie-expire, or no session would live to see it; lower it";

    @Test
    void CFG_14_stripsTheLeadingDotAndSortsTheLongestFirst() {
        assertThat(Samples.read("--cookie-domain=.akko.local,.Apps.AKKO.local,akko.local")
                        .cookies()
                        .domains())
                .containsExactly("apps.akko.local", "akko.local");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"akko.local", ".localhost", "akko.localhost", "a.test", "example.com", "x.github.io", "intranet"
            })
    void takesDomainsOfOnesOwn(String domain) {
        assertThat(Samples.read("--cookie-domain=" + domain).cookies().domains())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com", ".co.uk", "github.io", "COM"})
    void refusesPublicSuffixes(String domain) {
        assertThat(mistakes("--cookie-domain=" + domain))
                .containsExactly("cookie-domain: '" + domain
                        + "' is a public suffix, for which browsers refuse cookies; name your own domain below it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://akko.local",
                "akko.local:443",
                "akko.local/",
                "a b",
                "..akko.local",
                "akko..local",
                ".",
                "*.akko.local",
                "-a.b",
                "a-.b",
                "10.0.0.1",
                "[::1]",
                "mühle.example",
                "a;Secure"
            })
    void refusesWhatIsNoDomain(String domain) {
        assertThat(mistakes("--cookie-domain=" + domain))
                .containsExactly(
                        "cookie-domain: '" + domain + "' is no domain; write only its name, such as .akko.local");
    }

    @ParameterizedTest
    @CsvSource({"168h, 168h", "1h, 2h", "60m, 1h"})
    void CFG_05_refusesARefreshThatComesTooLate(String expire, String refresh) {
        assertThat(mistakes("--cookie-expire=" + expire, "--cookie-refresh=" + refresh))
                .containsExactly(TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "168h | 59s | session-idle-timeout: must be a minute at least, or people at work are signed out; 30m suits most",
                "1h | 1h | session-idle-timeout: must be shorter than cookie-expire, or no session would live to see it; lower it",
            })
    void refusesAnIdleTimeOutThatIsTooShortOrTooLong(String expire, String idle, String told) {
        assertThat(mistakes("--cookie-expire=" + expire, "--session-idle-timeout=" + idle))
                .containsExactly(told);
    }

    @Test
    void sessionsMayLieIdleForAnyTimeInABrowserSession() {
        var cookies =
                Samples.read("--cookie-expire=0", "--session-idle-timeout=200h").cookies();
        assertThat(cookies.idleTimeout()).isEqualTo(Duration.ofHours(200));
    }

    @Test
    void refreshesAnyTimeInABrowserSession() {
        var cookies = Samples.read("--cookie-expire=0", "--cookie-refresh=1h").cookies();
        assertThat(cookies.lifetime()).isZero();
        assertThat(cookies.refreshAfter()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--cookie-samesite=foo ! cookie-samesite: 'foo' is not one of lax, strict, none; lax suits most",
                "--cookie-csrf-samesite=foo ! cookie-csrf-samesite: 'foo' is not one of lax, strict, none; lax suits most",
                "--cookie-expire=300ms ! cookie-expire: is less than a second; 168h is the default",
                "--cookie-csrf-expire=0 ! cookie-csrf-expire: is less than a second, so nobody could sign in; 15m is the default",
                "--cookie-path=a ! cookie-path: must begin with / and hold no blanks, ; or letters beyond ASCII; / suits most",
                "--cookie-path=/a;b ! cookie-path: must begin with / and hold no blanks, ; or letters beyond ASCII; / suits most"
            })
    void CFG_06_refusesWhatBrowsersWouldNotTake(String flag, String mistake) {
        assertThat(mistakes(flag)).containsExactly(mistake);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a=b", "a,b", "\"a\"", "a/b", "(a)", "[a]", "ä"})
    void refusesNamesThatAreNoToken(String name) {
        assertThat(mistakes("--cookie-name=" + name))
                .singleElement()
                .asString()
                .startsWith("cookie-name: must be 1 to 200");
    }

    @Test
    void boundsTheLengthOfTheName() {
        assertThat(Samples.read("--cookie-name=" + "a".repeat(200)).cookies().name())
                .hasSize(200);
        assertThat(mistakes("--cookie-name=" + "a".repeat(201))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "LAX, Lax", "none, None"})
    void spellsSameSiteAsBrowsersDo(String given, String expected) {
        var cookies = Samples.read("--cookie-samesite=" + given).cookies();
        assertThat(cookies.sameSite()).isEqualTo(expected);
        assertThat(cookies.loginSameSite()).isEqualTo(expected);
    }
}
