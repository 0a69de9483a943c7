package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every security case has a test that says its ID, and none of them is switched off. */
final class SecurityCasesTest {
    private static final Pattern ID = Pattern.compile("\\b[A-Z]{3}-\\d{2}\\b");
    private static final List<Class<?>> SUITE = List.of(
            ForwardedTrustIT.class,
            RedirectTargetIT.class,
            LoginStateIT.class,
            IdTokenIT.class,
            CallbackIT.class,
            SessionCookieIT.class,
            FixationIT.class,
            ResponseHeadersIT.class,
            LeaksIT.class,
            AdmissionIT.class,
            AccessRulesIT.class,
            ProviderFaultIT.class);

    @Test
    void everyCaseHasATest() {
        var tested = tests().flatMap(SecurityCasesTest::ids).collect(Collectors.toSet());
        assertThat(cases()).isNotEmpty().isSubsetOf(tested);
    }

    @Test
    void noneIsSwitchedOff() {
        assertThat(tests()).noneMatch(test -> test.isAnnotationPresent(Disabled.class));
        assertThat(SUITE).noneMatch(type -> type.isAnnotationPresent(Disabled.class));
    }

    private static Stream<Method> tests() {
        return SUITE.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
    }

    private static Stream<String> ids(Method test) {
        return Stream.ofNullable(test.getAnnotation(DisplayName.class))
                .flatMap(name -> ID.matcher(name.value()).results())
                .map(match -> match.group());
    }

    private static Set<String> cases() {
        try (var file = SecurityCasesTest.class.getResourceAsStream("/security/ids.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
