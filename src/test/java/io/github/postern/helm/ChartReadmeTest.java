package io.github.postern.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
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

    /** Whoever switches takes along only what they once set themselves. */
    @Test
    void namesEveryDefaultThatIsNotTheOtherCharts() throws IOException {
        var theirs = leaves("", Chart.yaml(Chart.POSTERN.resolve("ci/official-defaults-values.yaml")));
        var ours = leaves("", Chart.yaml(Chart.POSTERN.resolve("values.yaml")));
        var differ = ours.entrySet().stream()
                .filter(one -> theirs.containsKey(one.getKey())
                        && !theirs.get(one.getKey()).equals(one.getValue()))
                .map(Map.Entry::getKey)
                // the secrets and the image are nobody's defaults
                .filter(name -> !name.matches("config\\.(client|cookie).*|image\\.repository"))
                .toList();
        assertThat(differ).contains("metrics.enabled", "ingress.path");
        String table = Files.readString(ChartReadme.PAGE).split("Defaults that differ\\.")[1];
        assertThat(differ)
                .allSatisfy(name ->
                        assertThat(table.substring(0, table.indexOf("Refused"))).contains("`" + name + "`"));
    }

    /** What is empty in whichever way counts as one. */
    private static Map<String, String> leaves(String path, JsonNode node) {
        Map<String, String> leaves = new TreeMap<>();
        node.properties().forEach(field -> leaves.putAll(leaves(path + "." + field.getKey(), field.getValue())));
        if (!node.isObject() || node.isEmpty()) {
            leaves.put(path.replaceFirst("^\\.", ""), node.toString().replaceAll("^(null|\\[]|\\{})$", "\"\""));
        }
        return leaves;
    }
}
