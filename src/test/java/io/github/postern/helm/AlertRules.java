package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The alerts, as the file has them or as the chart renders them. */
public record AlertRules(JsonNode groups) {
    static final Path FILE = Chart.POSTERN.resolve("files/alerts.yaml");
    private static final String VALUES =
            "metrics: { enabled: true, prometheusRule: { enabled: true, runbookUrl: \"%s\" } }";

    static AlertRules ofTheFile() throws IOException {
        return new AlertRules(Chart.yaml(FILE));
    }

    /**
     * Those of a {@code PrometheusRule} of the chart.
     *
     * @param runbookUrl the chart's value; empty as by default
     * @param folder for a file of values
     */
    public static AlertRules ofTheChart(String runbookUrl, Path folder) throws IOException {
        Path values = Files.writeString(folder.resolve("alert-values.yaml"), VALUES.formatted(runbookUrl));
        var rendered = Chart.postern().render(Chart.POSTERN.resolve("ci/default-values.yaml"), values);
        return new AlertRules(rendered.only("PrometheusRule").path("spec"));
    }

    List<JsonNode> alerts() {
        return StreamSupport.stream(groups.path("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .toList();
    }

    JsonNode named(String alert) {
        return alerts().stream()
                .filter(rule -> rule.path("alert").asText().equals(alert))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no alert " + alert));
    }

    List<String> names() {
        return alerts().stream().map(rule -> rule.path("alert").asText()).toList();
    }

    /** The expressions. */
    public List<String> expressions() {
        return alerts().stream().map(rule -> rule.path("expr").asText()).toList();
    }

    /** A file of rules that Prometheus reads: JSON is YAML. */
    public String text() {
        return groups.toString();
    }
}
