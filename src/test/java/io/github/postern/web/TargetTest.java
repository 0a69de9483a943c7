package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "https://mlflow.akko.local/x?y#/z | mlflow.akko.local",
                "http://akko.localhost:8080/      | akko.localhost:8080",
                "https://[::1]:8443/              | [::1]:8443",
                "https://akko.local?x=[1,2]       | akko.local",
                "/path                            | ''",
                "/                                | ''",
                "httpx://akko.local/              | ''",
                "javascript:alert(1)              | ''",
                "https://akko.local@evil.example/ | ''"
            })
    void namesTheHostThatTheAddressBarWouldShow(String url, String host) {
        assertThat(new Target(url).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "https://mlflow.akko.local/, 10, false",
        "https://mlflow.akko.local/, 3000, true",
        "/, 10, false",
        "/, 3000, true"
    })
    void aLongAddressIsShortenedToItsHostsStartPage(String start, int length, boolean cut) {
        var target = new Target(start + "a".repeat(length));
        assertThat(target.shortened()).isEqualTo(cut ? new Target(start) : target);
    }
}
