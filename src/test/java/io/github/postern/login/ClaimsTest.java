package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ClaimsTest {
    static Stream<Arguments> groups() {
        return Stream.of(
                Arguments.of(List.of("a", "b"), List.of("a", "b")),
                Arguments.of("a", List.of("a")),
                Arguments.of("", List.of()),
                Arguments.of(7, List.of()),
                Arguments.of(Map.of("a", "b"), List.of()),
                Arguments.of(List.of(1, 2), List.of()),
                Arguments.of(List.of("a", 2, "a"), List.of("a")),
                Arguments.of(Arrays.asList("a", null), List.of("a")));
    }

    @ParameterizedTest(name = "AUZ-05 groups={0} are {1}")
    @MethodSource("groups")
    void takesTextsOfAnyShape(Object claim, List<String> texts) {
        assertThat(new Claims(Map.of("groups", claim), Map.of()).texts("groups"))
                .isEqualTo(texts);
    }

    @Test
    void aLiteralNameGoesBeforeAPath() {
        var claims = new Claims(Map.of("a.b", "literal", "a", Map.of("b", "path", "c", "only")), Map.of());
        assertThat(claims.text("a.b")).isEqualTo("literal");
        assertThat(claims.text("a.c")).isEqualTo("only");
        assertThat(claims.text("a.c.d")).isEmpty();
    }

    @Test
    void theFirstSourceWins() {
        var claims = new Claims(Map.of("email", "id@token"), Map.of("email", "user@info", "name", "Alice"));
        assertThat(claims.text("email")).isEqualTo("id@token");
        assertThat(claims.text("name")).isEqualTo("Alice");
    }

    @Test
    void whatIsThereAndIsNotYesIsNo() {
        assertThat(new Claims(Map.of("email_verified", false), Map.of()).denies("email_verified"))
                .isTrue();
        assertThat(new Claims(Map.of("email_verified", "false"), Map.of()).denies("email_verified"))
                .isTrue();
        assertThat(new Claims(Map.of("email_verified", true), Map.of()).denies("email_verified"))
                .isFalse();
        assertThat(new Claims(Map.of(), Map.of()).denies("email_verified")).isFalse();
    }

    @ParameterizedTest(name = "{0} says nothing: {1}")
    @MethodSource("blanks")
    void whatIsMissingOrBlankSaysNothing(Map<String, Object> token, boolean blank) {
        assertThat(new Claims(token, Map.of()).isBlank("email")).isEqualTo(blank);
    }

    static Stream<Arguments> blanks() {
        return Stream.of(
                Arguments.of(Map.of(), true),
                Arguments.of(Map.of("email", ""), true),
                Arguments.of(Map.of("email", " \t"), true),
                Arguments.of(Map.of("email", "a"), false),
                Arguments.of(Map.of("email", 0), false),
                Arguments.of(Map.of("email", List.of("a@b")), false),
                Arguments.of(Map.of("email", Map.of("a", "b")), false));
    }

    @Test
    void takesTextsNumbersAndSwitchesAsValues() {
        Map<String, Object> token = new java.util.LinkedHashMap<>();
        token.put("text", " ml ");
        token.put("number", 1_700_000_000L);
        token.put("switch", true);
        token.put("several", java.util.Arrays.asList("a", 2, null, Map.of("x", "y"), "a", " "));
        token.put("object", Map.of("inner", "b"));
        var claims = new Claims(token, Map.of());
        assertThat(claims.values("text")).containsExactly("ml");
        assertThat(claims.values("number")).containsExactly("1700000000");
        assertThat(claims.values("switch")).containsExactly("true");
        assertThat(claims.values("several")).containsExactly("a", "2");
        assertThat(claims.values("object")).isEmpty();
        assertThat(claims.values("object.inner")).containsExactly("b");
        assertThat(claims.values("missing")).isEmpty();
    }
}
