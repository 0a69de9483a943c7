package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BearerChallengeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 3 | '' | , acr_values=\"2 3\"",
                "'' | 600 | , max_age=\"600\"",
                "2 | 600 | , acr_values=\"2\", max_age=\"600\""
            })
    void asksForALevel(String acr, String age, String asked) {
        assertThat(BearerChallenge.insufficient(Level.of(acr, age)))
                .isEqualTo("Bearer error=\"insufficient_user_authentication\"" + asked);
    }
}
