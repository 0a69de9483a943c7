package io.github.postern.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** The dashboard, the alerts and the page about metrics speak of such metrics only as there are. */
final class MetricNamesTest {
    private static final Pattern NAME = Pattern.compile("\\b(?:postern|jvm|process)_[a-z_]+\\b");
    private static final Pattern LABELS = Pattern.compile("\\{([^}]*)} ");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

    @ParameterizedTest
    @ValueSource(strings = {"helm/postern/files/dashboard.json", "helm/postern/files/alerts.yaml"})
    void onlyNamesThatExist(String file) throws IOException {
        assertThat(names(Files.readString(Path.of(file)))).isNotEmpty().isSubsetOf(names(scraped()));
    }

    @Test
    void thePageTellsAllOfOurs() throws IOException {
        var told = names(Files.readString(Path.of("docs", "metrics.md")));
        told.removeIf(name -> !name.startsWith("postern_"));
        var ours = names(scraped());
        ours.removeIf(name -> !name.startsWith("postern_")
                || name.matches(".*_(?:bucket|count|sum|max)") && !name.matches("postern_http.*"));
        assertThat(told).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"helm/postern/files/dashboard.json", "helm/postern/files/alerts.yaml"})
    void groupsOnlyByLabelsThatExist(String file) throws IOException {
        var labels = new TreeSet<>(Set.of("namespace", "job", "instance"));
        LABELS.matcher(scraped())
                .results()
                .forEach(found -> LABEL.matcher(found.group(1)).results().forEach(label -> labels.add(label.group(1))));
        var used = new TreeSet<String>();
        Pattern.compile("by \\(([a-z,]+)\\)")
                .matcher(Files.readString(Path.of(file)))
                .results()
                .forEach(found -> used.addAll(Set.of(found.group(1).split(","))));
        assertThat(used).isNotEmpty().isSubsetOf(labels);
    }

    @Test
    void countsAtMostSoManyRules() {
        try (var metrics = new Metrics("1")) {
            for (int rule = 0; rule < 1000; rule++) {
                metrics.checked(Outcome.REFUSED, "rule-" + rule, "", 1);
            }
            var refused = metrics.text()
                    .lines()
                    .filter(line -> line.startsWith("postern_checks_total{outcome=\"refused\""))
                    .toList();
            assertThat(refused).hasSize(101).contains("postern_checks_total{outcome=\"refused\",rule=\"other\"} 901.0");
        }
    }

    private static Set<String> names(String text) {
        var names = new TreeSet<String>();
        NAME.matcher(text).results().forEach(name -> names.add(name.group()));
        return names;
    }

    private static String scraped() {
        try (var metrics = new Metrics("1")) {
            DoubleSupplier one = () -> 1;
            metrics.ready(() -> true);
            var nowhere = OutputStream.nullOutputStream();
            metrics.linesLost(new LogOutput(new LoggerContext(), Lines.json(), nowhere, nowhere));
            metrics.sessions(one);
            metrics.revocations(one);
            metrics.replicas(one);
            metrics.server(Map.of(
                    "threads",
                    one,
                    "threads.busy",
                    one,
                    "threads.max",
                    one,
                    "connections",
                    one,
                    "connections.max",
                    one));
            metrics.storeCalled("get", "ok", 1);
            metrics.providerCalled("jwks", "ok", 1);
            for (String name :
                    new String[] {"sign-in-failed", "password-refused", "renewal-failed", "sign-out-refused"}) {
                metrics.happened(Event.of(name, Level.INFO, Status.FAILURE)
                        .with("reason", "x")
                        .with("by", "x"));
            }
            return metrics.text() + "jvm_gc_pause_seconds_sum"; // told once there was a collection
        }
    }
}
