package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompanionsTest {
    @ParameterizedTest
    @CsvSource({
        "bearer-token-login-fallback, false, skip-jwt-bearer-tokens, true",
        "signed-identity-lifetime, 30s, signed-identity-header, ''",
        "validate-url, https://i/validate, cookie-refresh, 1h",
    })
    void tellsWhatMeansNothingByItself(String option, String value, String companion, String companionValue) {
        String told = option + " has no effect without " + companion + ".";
        assertThat(Samples.notes("--" + option + "=" + value)).contains(told);
        if (!companionValue.isEmpty()) {
            assertThat(Samples.notes("--" + option + "=" + value, "--" + companion + "=" + companionValue))
                    .doesNotContain(told);
        }
    }
}
