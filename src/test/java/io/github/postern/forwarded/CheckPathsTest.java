package io.github.postern.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckPathsTest {
    @ParameterizedTest
    @CsvSource({
        "/oauth2/auth, true, true",
        "/oauth2/ext-authz, true, true",
        "/oauth2/sign_in, false, false",
        "/oauth2/authx, false, false",
        "/oauth2/auth/, false, false",
        "/oauth2/, false, false",
        "/oauth2, false, false",
        "/oauth2x, true, false",
        "/, true, false",
        "'', true, false"
    })
    void tellsAChecksPathFromOurOwn(String path, boolean check, boolean call) {
        var paths = new CheckPaths("/oauth2");
        assertThat(paths.isCheck(path)).isEqualTo(check);
        assertThat(paths.isAuthCall(path)).isEqualTo(call);
    }
}
