package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SettingsPageTest {
    private static final Path PAGE = Path.of("docs", "settings.md");

    @Test
    void docsAreAsTheTableSays() throws IOException {
        if (System.getProperty("write") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, SettingsPage.text());
        }
        assertThat(PAGE)
                .as("docs/settings.md is made anew by: mvn test -Dtest=SettingsPageTest -Dwrite")
                .hasContent(SettingsPage.text());
    }
}
