package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every module of the plans that Postern means to pass has a test of its own, under its own name. */
final class ModulesTest {
    private static final List<Class<?>> PLANS = List.of(
            BasicPlanIT.class,
            ConfigPlanIT.class,
            RefreshTokenPlanIT.class,
            RpInitiatedLogoutPlanIT.class,
            BackChannelLogoutPlanIT.class,
            FrontChannelLogoutPlanIT.class,
            ThirdPartyLoginPlanIT.class);

    @Test
    void eachModuleHasOneTest() throws IOException {
        assertThat(tested()).containsExactlyInAnyOrderElementsOf(modules());
    }

    private static Stream<String> tested() {
        return PLANS.stream()
                .flatMap(plan -> Arrays.stream(plan.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class) && !method.isAnnotationPresent(Disabled.class))
                .map(method -> method.getAnnotation(DisplayName.class).value());
    }

    private static List<String> modules() throws IOException {
        try (var file = ModulesTest.class.getResourceAsStream("/conformance/modules.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }
}
