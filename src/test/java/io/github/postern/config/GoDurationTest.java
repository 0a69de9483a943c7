package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "168h, PT168H",
        "1h30m, PT1H30M",
        "15m, PT15M",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "300ms, PT0.3S",
        "2us3ns, PT0.000002003S",
        "1µs, PT0.000001S",
        "+5s, PT5S",
        "-5s, PT-5S"
    })
    void readsWhatGoReads(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "h", "1d", "1h 30m", "PT1H", "1,5h", "9999999999h", "0x1s", ".s", "--1s"})
    void refusesAllElse(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
