package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real Prometheus on a free port of loopback that asks its targets every second, as one job of one namespace, and evaluates rules as often. */
public final class Prometheus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Program program;
    private final int port;

    private Prometheus(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /**
     * A running one; what it stores lies in the build folder, for an hour at most.
     *
     * @param job the job's name
     * @param ports where metrics are served on loopback
     * @param rules the text of a file of rules
     */
    public static Prometheus start(String job, List<Integer> ports, String rules) {
        int port = Tomcat.freePort();
        Path folder = folder(job, ports, rules);
        var program = Program.start("prometheus", folder, Map.of(), command(folder, port));
        var prometheus = new Prometheus(program, port);
        program.await(PATIENCE, prometheus::isReady);
        return prometheus;
    }

    private static List<String> command(Path folder, int port) {
        return List.of(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yaml"),
                "--web.listen-address=127.0.0.1:" + port,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=1h",
                "--storage.tsdb.retention.size=100MB");
    }

    private static Path folder(String job, List<Integer> ports, String rules) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "prometheus")), "run-")
                    .toAbsolutePath();
            Files.writeString(folder.resolve("rules.yaml"), rules);
            Files.writeString(folder.resolve("prometheus.yaml"), """
                    global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
                    rule_files: [rules.yaml]
                    scrape_configs:
                      - job_name: %s
                        static_configs: [{ targets: [%s], labels: { namespace: sso } }]
                    """.formatted(job, targets(ports)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String targets(List<Integer> ports) {
        return ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
    }

    private boolean isReady() {
        try {
            return connection("/-/ready").getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** What it answers to an expression, as JSON; a complaint is such an answer too. */
    public String query(String expression) {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    /** What it answers to this path and query, as JSON. */
    public String get(String pathAndQuery) {
        try {
            var connection = connection(pathAndQuery);
            try (var body =
                    connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpURLConnection connection(String pathAndQuery) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + pathAndQuery).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection;
    }

    @Override
    public void close() {
        program.close();
    }
}
