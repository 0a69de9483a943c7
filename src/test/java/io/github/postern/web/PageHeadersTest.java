package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageHeadersTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                ".akko.local, 'self' akko.local *.akko.local",
                ".akko.localhost:8080, 'self' akko.localhost:8080 *.akko.localhost:8080",
                "akko.local:*, 'self' akko.local:*"
            })
    void ourSitesMayFrame(String domain, String sources) {
        assertThat(PageHeaders.of(true, List.of(domain)).frameHosts()).isEqualTo(sources);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"true,'self' https:", "false,'self' https: http:"})
    void formsLeadToPlainHttpOnlyWhereTheSetUpIsPlain(boolean https, String targets) {
        assertThat(PageHeaders.of(https, List.of())).isEqualTo(new PageHeaders(targets, "'self'"));
    }
}
