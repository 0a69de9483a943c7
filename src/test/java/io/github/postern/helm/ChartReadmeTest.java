package io.github.postern.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class ChartReadmeTest {
    @Test
    void tableIsAsTheValuesSay() throws IOException {
        if (System.getProperty("write") != null) {
            Files.writeString(ChartReadme.PAGE, ChartReadme.text());
        }
        assertThat(ChartReadme.PAGE)
                .as("the table is made anew by: mvn test -Dtest=ChartReadmeTest -Dwrite")
                .hasContent(ChartReadme.text());
    }

    @Test
    void everyValueIsExplained() throws IOException {
        assertThat(ChartReadme.bare()).isEmpty();
    }
}
