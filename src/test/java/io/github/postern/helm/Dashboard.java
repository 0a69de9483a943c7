package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The Grafana dashboard. */
public final class Dashboard {
    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private final JsonNode root;

    private Dashboard(JsonNode root) {
        this.root = root;
    }

    /**
     * What one line of a panel asks.
     *
     * @param panel the panel's title
     * @param expression as it stands in the file, with Grafana's variables
     * @param legend as it stands in the file
     * @param step the shortest between two points; empty for none
     */
    public record Query(String panel, String expression, String legend, String step) {
        /** The labels that the legend shows. */
        public List<String> labels() {
            return LEGEND.matcher(legend)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        }

        /** The expression as Grafana asks it, with this job chosen, all namespaces and instances, and this interval. */
        public String asked(String job, String interval) {
            return expression
                    .replace("$namespace", ".*")
                    .replace("$job", job)
                    .replace("$instance", ".*")
                    .replace("$__rate_interval", interval);
        }
    }

    public static Dashboard read() throws IOException {
        return new Dashboard(new ObjectMapper()
                .readTree(Chart.POSTERN.resolve("files/dashboard.json").toFile()));
    }

    public List<Query> queries() {
        var queries = new ArrayList<Query>();
        for (JsonNode panel : root.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new Query(
                        panel.path("title").asText(),
                        target.path("expr").asText(),
                        target.path("legendFormat").asText(),
                        target.path("interval").asText()));
            }
        }
        return queries;
    }

    /** What stands in the boxes at its top, such as {@code label_values(metric, label)}. */
    public List<String> variables() {
        var variables = new ArrayList<String>();
        root.at("/templating/list").forEach(variable -> {
            if (variable.path("type").asText().equals("query")) {
                variables.add(variable.path("query").asText());
            }
        });
        return variables;
    }
}
