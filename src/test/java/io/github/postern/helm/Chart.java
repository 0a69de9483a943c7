package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart, or one that has it as a sub-chart; renders and lints with the real Helm, without a cluster. */
record Chart(Path folder) {
    static final Path POSTERN = Path.of("helm", "postern");
    static final String RELEASE = "shop";
    static final String NAMESPACE = "sso";
    /** The oldest that Chart.yaml admits; Helm as a library takes an older one for granted. */
    private static final String KUBERNETES = "1.25.0";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Chart postern() {
        return new Chart(POSTERN);
    }

    /** A chart that calls ours by an alias, as AKKO's does, and hands it these values. */
    static Chart parent(Path folder, String alias, Path values) throws IOException {
        copy(POSTERN, folder.resolve("charts/postern"));
        Files.writeString(folder.resolve("Chart.yaml"), """
                apiVersion: v2
                name: parent
                description: Has Postern as a sub-chart
                version: 1.0.0
                dependencies:
                  - { name: postern, version: 0.1.0, alias: %s }
                """.formatted(alias));
        Files.writeString(folder.resolve("values.yaml"), JSON.writeValueAsString(Map.of(alias, yaml(values))));
        return new Chart(folder);
    }

    /** The sets of values that lie beside the chart. */
    static List<Path> valueSets() throws IOException {
        try (Stream<Path> files = Files.list(POSTERN.resolve("ci"))) {
            return files.sorted().toList();
        }
    }

    Rendered render() {
        return new Rendered(new Helm(folder)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .call());
    }

    Rendered render(Path values, Path... more) {
        var command = new Helm(folder)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values);
        Stream.of(more).forEach(command::withValuesFile);
        return new Rendered(command.call());
    }

    /** What Helm says after an installation; none is made. */
    String notes(Path... values) {
        var command = new Helm(folder)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .clientOnly()
                .dryRun();
        Stream.of(values).forEach(command::withValuesFile);
        return command.call().getOutput();
    }

    /** Lints a copy whose own values are these. */
    LintResult lint(Path values, Path copy) throws IOException {
        copy(folder, copy);
        JsonNode merged =
                JSON.readerForUpdating(yaml(folder.resolve("values.yaml"))).readValue(yaml(values));
        Files.writeString(copy.resolve("values.yaml"), JSON.writeValueAsString(merged));
        return new Helm(copy).lint().strict().call();
    }

    static JsonNode yaml(Path file) throws IOException {
        return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
