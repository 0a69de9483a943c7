package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NearestNameTest {
    private static final List<String> KEYS =
            Arrays.stream(Option.values()).map(Option::key).toList();

    @ParameterizedTest
    @CsvSource({
        "cookie_secrett, cookie_secret",
        "cookie-secret, cookie_secret",
        "COOKIE_SECRET, cookie_secret",
        "email_domain, email_domains",
        "cookie_names, cookie_name",
        "coookie_scret, cookie_secret",
        "issuer_url, oidc_issuer_url",
        "oidc_issuer, oidc_issuer_url"
    })
    void findsTheNameThatWasMeant(String name, String meant) {
        assertThat(NearestName.of(name, KEYS)).hasValue(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "fooo", "cookie", "client", "x", "metrics_port", "redis", "some_thing_else"})
    void doesNotGuess(String name) {
        assertThat(NearestName.of(name, KEYS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void findsEachNameWithALetterTooMany(Option option) {
        assertThat(NearestName.of(option.key().toLowerCase(Locale.ROOT) + "x", KEYS))
                .hasValue(option.key());
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "abc, ab, 1", "abc, xabc, 1", "abc, axc, 1", "kitten, sitting, 3", "'', abc, 3"})
    void countsChanges(String from, String to, int expected) {
        assertThat(NearestName.distance(from, to)).isEqualTo(expected);
    }
}
