package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JwtShapeTest {
    @ParameterizedTest
    @CsvSource({
        "eyJ.eyJ.abc, true",
        "eyJ_-9.ey.A, true",
        "ey.ey.A, true",
        "'', false",
        "., false",
        ".., false",
        "eyJ.eyJ., false",
        "eyJ.eyJ, false",
        "eyJ..abc, false",
        ".eyJ.abc, false",
        "eyJ.abc.abc, false",
        "abc.eyJ.abc, false",
        "eyJ.eyJ.abc.abc, false",
        "eyJ.eyJ.abc.abc.abc, false",
        "eyJ.eyJ.abc=, false",
        "eyJ.eyJ.a b, false",
        "eyJ.eyJ.a+b, false",
        "eyJ.eyJ.a/b, false",
        "eyJ.eyJ.é, false",
        "' eyJ.eyJ.abc', false",
        "eyJ, false"
    })
    void knowsASignedJwtByItsLetters(String text, boolean fits) {
        assertThat(JwtShape.fits(text)).isEqualTo(fits);
    }
}
