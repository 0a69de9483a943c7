package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart knows which settings are secret. */
final class ChartSecretsTest {
    private static final Path TEMPLATE = Path.of("helm", "postern", "templates", "_secrets.tpl");
    private static final Pattern NAMES = Pattern.compile("\"postern.secretNames\" -}}\\s+(.*?)\\s*\\{\\{- end");

    @Test
    void refusesEachThatIsNoAddress() throws IOException {
        var names = NAMES.matcher(Files.readString(TEMPLATE));
        assertThat(names.find()).isTrue();
        assertThat(names.group(1).split(" "))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Option.values())
                        .filter(Option::isSecret)
                        .map(Option::flag)
                        .filter(flag -> !flag.contains("url"))
                        .toList());
    }
}
