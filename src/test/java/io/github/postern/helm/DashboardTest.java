package io.github.postern.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The dashboard shows something with the chart's own values. */
final class DashboardTest {
    /** Grafana takes a rate over four steps; with less than two scrapes among them there would be nothing to see. */
    @Test
    void noRateIsTakenOverFewerScrapesThanItNeeds() throws IOException {
        Duration scrapes = duration(Chart.yaml(Chart.POSTERN.resolve("values.yaml"))
                .at("/metrics/serviceMonitor/interval")
                .asText());
        List<Dashboard.Query> rates = Dashboard.read().queries().stream()
                .filter(query -> query.expression().contains("$__rate_interval"))
                .toList();
        assertThat(rates)
                .isNotEmpty()
                .allSatisfy(query -> assertThat(duration(query.step())).isGreaterThanOrEqualTo(scrapes));
    }

    @Test
    void everyQueryKeepsReleasesApart() throws IOException {
        assertThat(Dashboard.read().queries())
                .isNotEmpty()
                .allSatisfy(query ->
                        assertThat(query.expression()).contains("{namespace=~\"$namespace\",job=~\"$job\",instance=~"));
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
