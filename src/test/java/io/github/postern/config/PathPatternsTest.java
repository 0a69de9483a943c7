package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.github.postern.config.PathPattern.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathPatternsTest {
    private static final List<String> PATHS = List.of(
            "/", "/a", "/a/", "/ab", "/a/b", "/a/b/c", "/a.b", "/axb", "/b", "/b/a", "/aa", "/aab", "/A", "/a|b", "/a]",
            "/é", "/a-b", "/a b", "/ab/", "/(a", "/a*b", "");

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "/a, /a, true",
        "/a, /a/, false",
        "/a, /ab, false",
        "/a, /A, false",
        "/a/*, /a, true",
        "/a/*, /a/, true",
        "/a/*, /a/b/c, true",
        "/a/*, /ab, false",
        "/*, /anything, true",
        "^/a, /ab, true",
        "^/a, /b/a, false",
        "^/a$, /a, true",
        "^/a$, /a/, false",
        "^/api/[0-9]+$, /api/17, true",
        "^/api/[0-9]+$, /api/x, false",
        "^/a|^/b, /b, true",
    })
    void matches(String pattern, String path, boolean matches) {
        assertThat(read(pattern).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^/a",
                "^/a$",
                "^/a.*",
                "^/a.*$",
                "^/a(/.*)?$",
                "^/a(/|$)",
                "^/a(?:/|$)",
                "^/a(/.*|$)",
                "^/a?",
                "^/a*b",
                "^/a+",
                "^/a{2}",
                "^/a\\.b",
                "^/a\\.?b",
                "^/a|^/b",
                "^/(a|b)$",
                "^/[ab|]+$",
                "^/[]|]a$|^/b",
                "^/a\\|b",
                "^/\\Qab\\E",
                "^/\\Q(\\Ea|^/b",
                "^/a[[:alpha:]]?$",
                "^(?i)/a$",
                "^/a(?i)B",
                "^",
                "^/",
                "^/$",
                "^/a/?$",
                "^/a\\d*",
                "^/é",
                "^/a\\-b",
                "^/a b",
                "^/a]",
                "^/((a|b)|c)$|^/b/a",
                "^/a\\*b",
                "^/.",
                "^/a(b|/)",
                "^.*b$",
                "^/a\\/b$"
            })
    void meansWhatItsExpressionMeans(String expression) {
        var pattern = read(expression);
        var plain = Pattern.compile(expression);
        for (String path : PATHS) {
            assertThat(pattern.matches(path))
                    .as("%s on %s", expression, path)
                    .isEqualTo(plain.matcher(path).find());
        }
    }

    @ParameterizedTest(name = "{0} is a {1} of {2}")
    @CsvSource({
        "^/app17/.*$, PREFIX, /app17/",
        "^/app17(/|$), BELOW, /app17",
        "^/api/[0-9]+$, REGEX, /api/",
        "^/v1\\.0/x?, REGEX, /v1.0/",
        "^/(a|b), REGEX, /",
    })
    void knowsHowItBegins(String expression, Kind kind, String literal) {
        assertThat(read(expression).kind()).isEqualTo(kind);
        assertThat(read(expression).literal()).isEqualTo(literal);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '!',
            value = {
                "admin        ! begins with neither / nor ^",
                "*            ! begins with neither / nor ^",
                "/a*          ! does not stand alone",
                "/*/a         ! does not stand alone",
                "/a%20b       ! decoded",
                "/a?b         ! decoded",
                "/a;b         ! decoded",
                "/a//b        ! empty or a dot segment",
                "/a/../b      ! empty or a dot segment",
                "^/a|/b       ! alternative without ^",
                "^/(a         ! no RE2 regular expression",
                "^/(?=a)      ! no RE2 regular expression",
            })
    void tellsWhatIsWrong(String pattern, String part) {
        List<String> mistakes = new ArrayList<>();
        assertThat(PathPatterns.read(pattern, mistakes::add)).isEmpty();
        assertThat(mistakes).singleElement().asString().contains(part);
    }

    private static PathPattern read(String text) {
        return PathPatterns.read(text, wrong -> {
                    throw new AssertionError(text + " " + wrong);
                })
                .orElseThrow();
    }
}
