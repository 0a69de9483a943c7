package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    private static final Pattern ID = Pattern.compile("(?<![A-Z])([A-Z]{3})[-_](\\d{2})(?!\\d)");
    private static final Path CLASSES = Path.of("target", "test-classes");

    @Test
    void everyCaseHasATest() {
        var tested = tests().flatMap(SecurityCasesTest::ids).collect(Collectors.toSet());
        assertThat(cases()).isNotEmpty().isSubsetOf(tested);
    }

    @Test
    void noneIsSwitchedOff() {
        assertThat(tests())
                .isNotEmpty()
                .noneMatch(test -> test.isAnnotationPresent(Disabled.class)
                        || test.getDeclaringClass().isAnnotationPresent(Disabled.class));
    }

    private static Stream<Method> tests() {
        return classes()
                .flatMap(SecurityCasesTest::withWhatItExtends)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
    }

    private static Stream<Class<?>> withWhatItExtends(Class<?> type) {
        return Stream.iterate(type, each -> each != null && each != Object.class, Class::getSuperclass);
    }

    /** Every test class, whatever it tests: a case may be a table of the unit that it attacks. */
    private static Stream<Class<?>> classes() {
        try (var files = Files.walk(CLASSES)) {
            return files
                    .map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.matches(".*(?:Test|IT)\\.class"))
                    .map(file -> file.replaceFirst("\\.class$", "").replace(File.separatorChar, '.'))
                    .<Class<?>>map(SecurityCasesTest::load)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SecurityCasesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The IDs in a test's display name, or where it has none, in its own name. */
    private static Stream<String> ids(Method test) {
        var shown = test.getAnnotation(DisplayName.class);
        var table = test.getAnnotation(ParameterizedTest.class);
        String names = (shown == null ? test.getName() : shown.value()) + " " + (table == null ? "" : table.name());
        return ID.matcher(names).results().map(match -> match.group(1) + "-" + match.group(2));
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
