package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToldPathTest {
    @ParameterizedTest
    @CsvSource({
        "/experiments/1?token=s, /experiments/1",
        "/a%20b/%3C, /a%20b/%3C",
        "/x;jsessionid=s, /x;***",
        "/x;jsessionid=s/y;v=1?z, /x;***/y;***",
        "/x%3btoken=s/y, /x%3b***/y",
        "/x%3Btoken=s, /x%3B***",
        "/x%3Ftoken=s/t, /x%3F***",
        "/x%3ftoken=s%3Ft, /x%3f***",
        "/x;, /x;",
        "/x%3F, /x%3F",
    })
    void leavesOutWhatMayBeSecret(String uri, String told) {
        assertThat(ToldPath.of(uri)).isEqualTo(told);
    }
}
