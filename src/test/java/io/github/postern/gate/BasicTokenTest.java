package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BasicTokenTest {
    @ParameterizedTest
    @CsvSource({
        "eyJ.eyJ.x:, eyJ.eyJ.x",
        "eyJ.eyJ.x:x-oauth-basic, eyJ.eyJ.x",
        "eyJ.eyJ.x:secret,",
        "eyJ.eyJ.x:eyJ.eyJ.y,",
        "alice:eyJ.eyJ.y, eyJ.eyJ.y",
        ":eyJ.eyJ.y, eyJ.eyJ.y",
        "a:b:eyJ.eyJ.y,",
        "eyJ.eyJ.x,",
        "alice:secret,",
        ":,",
        "'',"
    })
    void findsTheTokenAsUserOrPassword(String pair, String token) {
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
        assertThat(BasicToken.in(basic)).isEqualTo(Optional.ofNullable(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "Basic !", "Basic ZXlK ZXlK", "Basic eyJ.eyJ.x"})
    void leavesAloneWhatIsNoBase64(String header) {
        assertThat(BasicToken.in(header)).isEmpty();
    }

    @Test
    void doesNotDecodeWhatIsTooLong() {
        assertThat(BasicToken.in("Basic " + "A".repeat(16 * 1024))).isEmpty();
    }
}
