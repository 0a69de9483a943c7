package io.github.postern.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LenientPathTest {
    @ParameterizedTest
    @CsvSource({
        "/oauth2, true",
        "/oauth2/sign_out, true",
        "/OAuth2/Sign_Out, true",
        "//oauth2//sign_out, true",
        "/%6fauth2/x, true",
        "/%256fauth2/x, true",
        "/oauth2;a=b/x, true",
        "/oauth2%3Bx/y, true",
        "/oauth2%3Fx, true",
        "/oauth2%2fx, true",
        "/%EF%BD%8Fauth2/x, true",
        "/oauth2%20/x, true",
        "/oauth2x/y, false",
        "/oauth/2, false",
        "/x/oauth2/y, false",
        "/, false",
    })
    void knowsWhatMightBeOurs(String path, boolean ours) {
        assertThat(LenientPath.of(path))
                .hasValueSatisfying(read -> assertThat(read.under("/oauth2")).isEqualTo(ours));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/.",
                "/..",
                "/x/../y",
                "/x/./y",
                "/%2e%2e/x",
                "/%252e/x",
                "/..;/x",
                "/..%3b/x",
                "/..%20/x",
                "/x%5cy",
                "/%255c",
                "/%00",
                "/%0a",
                "/%7f",
                "/%C2%85",
                "/%25252561",
                "/%EF%BC%8E%EF%BC%8E/x",
                "/%E2%80%AEx",
                "/x%2f..%2fy",
            })
    void hasNoReadingOfWhatReadersDisagreeAbout(String path) {
        assertThat(LenientPath.of(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/, false, false",
        "/x/, false, false",
        "/x//y, true, false",
        "//x, true, true",
        "/%2fx, true, true",
        "/%20/x, true, true",
        "/;/x, true, true",
        "/%E3%80%80/x, true, true",
    })
    void seesSlashesThatStandTogether(String path, boolean anywhere, boolean atTheStart) {
        assertThat(LenientPath.of(path)).hasValueSatisfying(read -> {
            assertThat(read.hasEmptySegment()).isEqualTo(anywhere);
            assertThat(read.startsWithHost()).isEqualTo(atTheStart);
        });
    }
}
