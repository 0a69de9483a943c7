package io.github.postern.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds in it what to do, and the same on the page about metrics. */
final class AlertRulesTest {
    private static final Path PAGE = Path.of("docs", "metrics.md");

    @Test
    void thePageHasASectionForEachAlertWithItsOwnWords() throws IOException {
        Map<String, String> sections = sections();
        var rules = AlertRules.ofTheFile();
        assertThat(sections).containsOnlyKeys(rules.names());
        rules.alerts()
                .forEach(rule -> assertThat(sections.get(rule.path("alert").asText()))
                        .isEqualTo(words(rule.path("annotations"))));
    }

    /** The sections below "Alerts", without the marks around code. */
    private static Map<String, String> sections() throws IOException {
        String alerts = Files.readString(PAGE).split("(?m)^## Alerts$")[1];
        return Arrays.stream(alerts.split("(?m)^### "))
                .skip(1)
                .map(section -> section.split("\n", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> plain(parts[1])));
    }

    private static String words(JsonNode annotations) {
        return plain(annotations.path("summary").asText() + " "
                + annotations.path("description").asText());
    }

    private static String plain(String text) {
        return text.replaceAll("[`\"]", "").strip();
    }
}
