package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.Logo;
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
        assertThat(PageHeaders.of(true, List.of(domain), OURS).frameHosts()).isEqualTo(sources);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"true,'self' https:", "false,'self' https: http:"})
    void formsLeadToPlainHttpOnlyWhereTheSetUpIsPlain(boolean https, String targets) {
        assertThat(PageHeaders.of(https, List.of(), OURS)).isEqualTo(new PageHeaders(targets, "'self'", "'self'"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "https://cdn.akko.local/logo.png?v=2, 'self' https://cdn.akko.local",
                "https://cdn.akko.local:8443/a;b.svg, 'self' https://cdn.akko.local:8443"
            })
    void theLogosOriginAndNothingElseMayShowPictures(String address, String images) {
        assertThat(PageHeaders.of(true, List.of(), new Logo(Logo.Kind.LINK, address))
                        .images())
                .isEqualTo(images);
    }

    private static final Logo OURS = new Logo(Logo.Kind.OURS, "");
}
