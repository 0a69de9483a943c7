package io.github.postern.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.postern.testbed.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The alerts by Prometheus' own tool: it reads them, and each fires when it should and is quiet when it should. */
final class AlertRulesIT {
    private static final Path TABLE = Path.of("src/test/resources/io/github/postern/helm/alerts.csv");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void areReadByPrometheus() throws IOException {
        for (var rules : List.of(AlertRules.ofTheFile(), AlertRules.ofTheChart("", folder))) {
            var answer = Promtool.run("check", "rules", written(rules).toString());
            assertThat(answer.code()).as(answer.text()).isZero();
            assertThat(answer.text()).contains(rules.alerts().size() + " rules found");
        }
        var answer = Promtool.run("check", "rules", AlertRules.FILE.toString());
        assertThat(answer.code()).as(answer.text()).isZero();
    }

    @ParameterizedTest(name = "{0} {1}: {4}")
    @CsvFileSource(resources = "alerts.csv", delimiter = '|', numLinesToSkip = 1)
    void fireWhenTheyShould(String alert, String fires, String after, String labels, String series) throws IOException {
        var rules = AlertRules.ofTheFile();
        written(rules);
        var test = JSON.createObjectNode().put("interval", "1m");
        Arrays.stream(series.split(" ; ")).forEach(one -> add(test, one));
        var asked = test.withArray("alert_rule_test").addObject();
        var expected = asked.put("eval_time", after).put("alertname", alert).withArray("exp_alerts");
        if (fires.equals("fires")) {
            expected.add(fired(rules.named(alert), labels == null ? "" : labels));
        }
        var answer = Promtool.run("test", "rules", written(test).toString());
        assertThat(answer.code()).as(answer.text()).isZero();
    }

    @Test
    void areEachTriedBothWays() throws IOException {
        var rows = Files.readAllLines(TABLE).stream()
                .skip(1)
                .map(row -> row.split("\\|")[0].strip() + " " + row.split("\\|")[1].strip())
                .toList();
        assertThat(AlertRules.ofTheFile().names())
                .allSatisfy(alert -> assertThat(rows).contains(alert + " fires", alert + " quiet"));
    }

    @Test
    void areReadFromTheConfigurationOnThePage() throws IOException {
        var block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "metrics.md")));
        assertThat(block.find()).isTrue();
        Files.copy(AlertRules.FILE, folder.resolve("alerts.yaml"));
        Path configuration = Files.writeString(folder.resolve("prometheus.yaml"), block.group(1));
        var answer = Promtool.run("check", "config", configuration.toString());
        assertThat(answer.code()).as(answer.text()).isZero();
        assertThat(answer.text()).contains(AlertRules.ofTheFile().alerts().size() + " rules found");
    }

    @Test
    void leadToTheirSectionWhereThePageIsPublished() throws IOException {
        assertThat(AlertRules.ofTheChart("https://wiki.akko.local/metrics.html", folder)
                        .alerts())
                .isNotEmpty()
                .allSatisfy(
                        rule -> assertThat(rule.at("/annotations/runbook_url").asText())
                                .isEqualTo("https://wiki.akko.local/metrics.html#"
                                        + rule.path("alert").asText().toLowerCase(Locale.ROOT)));
        assertThat(AlertRules.ofTheChart("", folder).alerts())
                .noneMatch(rule -> rule.at("/annotations").has("runbook_url"));
    }

    @Test
    void missThisReleaseWhateverOthersThereAre() throws IOException {
        Path values = Files.writeString(
                folder.resolve("values.yaml"),
                "metrics: { enabled: true, serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } }");
        var rendered = Chart.postern().render(Chart.POSTERN.resolve("ci/default-values.yaml"), values);
        var rules = new AlertRules(rendered.only("PrometheusRule").path("spec"));
        String job = rendered.named("Service", "shop-postern-metrics")
                .orElseThrow()
                .at("/metadata/name")
                .asText();
        assertThat(rules.named("PosternAway").path("expr").asText())
                .isEqualTo("absent(postern_build_info{namespace=\"" + Chart.NAMESPACE + "\",job=\"" + job + "\"})");
        assertThat(AlertRules.ofTheChart("", folder)
                        .named("PosternAway")
                        .path("expr")
                        .asText())
                .isEqualTo("absent(postern_build_info)");
    }

    private Path written(ObjectNode test) throws IOException {
        var file = JSON.createObjectNode().put("evaluation_interval", "1m");
        file.withArray("rule_files").add("rules.yaml");
        file.withArray("tests").add(test);
        return Files.writeString(folder.resolve("test.yaml"), file.toString());
    }

    private Path written(AlertRules rules) throws IOException {
        return Files.writeString(folder.resolve("rules.yaml"), rules.text());
    }

    /** Adds {@code name{labels} = values}; all are of one job. */
    private static void add(ObjectNode test, String series) {
        String[] parts = series.split(" = ");
        test.withArray("input_series")
                .addObject()
                .put("series", parts[0].strip().replace("{", "{job=\"postern\","))
                .put("values", parts[1].strip());
    }

    private static JsonNode fired(JsonNode rule, String labels) {
        var fired = JSON.createObjectNode();
        ObjectNode all = fired.putObject("exp_labels");
        all.setAll((ObjectNode) rule.path("labels"));
        labels(labels).forEach(all::put);
        fired.set("exp_annotations", rule.path("annotations"));
        return fired;
    }

    private static Map<String, String> labels(String text) {
        return Arrays.stream(text.split(","))
                .filter(label -> !label.isBlank())
                .map(label -> label.strip().split("="))
                .collect(Collectors.toMap(label -> label[0], label -> label[1]));
    }
}
