package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that let requests pass without a session: none is guessed at, and wide ones are told. */
final class SkipRoutesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "^/( ~ is no RE2 regular expression",
                "=^/x ~ has no method before its =",
                "GET= ~ has no regular expression and would match every path",
                "GET!= ~ has no regular expression and would match every path",
                "^/(?=x) ~ has no method before its =",
                "GET=^/(?=x) ~ is no RE2 regular expression",
            })
    @DisplayName("CFG-10 a bad rule is named by its place in the list and what is wrong with it")
    void badRule(String rule, String reason) {
        assertThat(mistakes("--skip-auth-route=^/fine", "--skip-auth-route=" + rule))
                .singleElement()
                .asString()
                .startsWith("skip-auth-route: rule 2 (" + rule + ") " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public", "GET=/public", "^/a|/b", "(^/a)?/b"})
    @DisplayName("AUZ-17 a rule without an anchor works and is told at start")
    void unanchored(String rule) {
        assertThat(warnings("--skip-auth-route=" + rule))
                .containsExactly("skip-auth-route rule 1 (" + rule
                        + ") does not begin with ^: it also matches in the middle of other paths; anchor it.");
    }

    @Test
    @DisplayName("AUZ-17 a rule with an anchor is not told")
    void anchored() {
        assertThat(warnings("--skip-auth-route=^/public", "--skip-auth-route=GET!=^/api/", "--skip-auth-regex=^/a"))
                .isEmpty();
    }
}
