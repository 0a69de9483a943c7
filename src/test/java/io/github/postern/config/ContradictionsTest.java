package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContradictionsTest {
    @ParameterizedTest
    @CsvSource({
        "akko.local, https://other.local",
        "akko.local, https://badakko.local",
        "a.akko.local, https://akko.local"
    })
    void refusesACookieDomainThatWouldGoRoundInCircles(String domain, String redirectUrl) {
        assertThat(mistakes("--cookie-domain=" + domain, "--redirect-url=" + redirectUrl))
                .singleElement()
                .asString()
                .startsWith("cookie-domain: '" + domain + "' does not cover '" + redirectUrl.substring(8) + "'")
                .contains("go round in circles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://akko.local", "https://auth.AKKO.local/x", "https://a.b.akko.local"})
    void acceptsARedirectUrlBelowOneOfTheDomains(String redirectUrl) {
        assertThat(mistakes("--cookie-domain=akko.local,other.local", "--redirect-url=" + redirectUrl))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--redirect-url=http://akko.local ! redirect-url: is http, but browsers drop cookies over http with cookie-secure=true; use https, or set cookie-secure=false",
                "--redirect-url=http://notlocalhost ! redirect-url: is http, but browsers drop cookies over http with cookie-secure=true; use https, or set cookie-secure=false",
                "--cookie-secure=false --cookie-samesite=none --cookie-csrf-samesite=lax ! cookie-samesite: none needs cookie-secure=true, or browsers drop the cookie; set lax",
                "--cookie-secure=false --cookie-csrf-samesite=none ! cookie-csrf-samesite: none needs cookie-secure=true, or browsers drop the cookie; set lax",
                "--cookie-secure=false --cookie-name=__Secure-a ! cookie-name: begins with __Host- or __Secure-, which needs cookie-secure=true; rename it",
                "--cookie-name=__Host-a --cookie-domain=a.b ! cookie-name: begins with __Host-, which allows no cookie-domain and no cookie-path; rename it",
                "--cookie-name=__Host-a --cookie-path=/b ! cookie-name: begins with __Host-, which allows no cookie-domain and no cookie-path; rename it",
                "--provider=oidc --allowed-role=a ! allowed-role: works with provider=keycloak-oidc only; use allowed-group"
            })
    void refusesSettingsThatAreWrongTogether(String flags, String mistake) {
        assertThat(mistakes(flags.split(" "))).isEqualTo(List.of(mistake));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:4180", "http://akko.localhost", "http://127.0.0.1:8080", "http://[::1]:8080"})
    void acceptsHttpOnThisMachine(String redirectUrl) {
        assertThat(mistakes("--redirect-url=" + redirectUrl)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"__Host-a", "__Secure-a"})
    void acceptsNamesThatKeepTheirPromise(String name) {
        assertThat(mistakes("--cookie-name=" + name)).isEmpty();
    }
}
