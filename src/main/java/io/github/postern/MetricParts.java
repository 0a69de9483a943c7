package io.github.postern;

import io.github.postern.config.InvalidSettings;
import io.github.postern.config.ServerSettings.Address;
import io.github.postern.telemetry.LogOutput;
import io.github.postern.telemetry.Metrics;
import io.github.postern.telemetry.MetricsServer;
import io.github.postern.web.LoginFailure;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is measured, and the port where it is told. There is none of it without {@code metrics-address}. */
final class MetricParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricParts.class);

    private final Metrics metrics;
    private final MetricsServer server;

    private MetricParts(Metrics metrics, MetricsServer server) {
        this.metrics = metrics;
        this.server = server;
    }

    /** What parts tell as they work; it is not served yet. */
    static Optional<Metrics> of(Optional<Address> address) {
        return address.map(wanted -> {
            var metrics = new Metrics(Versions.version());
            metrics.expectFailures(Stream.of(LoginFailure.values()).map(LoginFailure::name));
            return metrics;
        });
    }

    /**
     * Serves what {@code parts} measure, now that all of them are there.
     *
     * @param log where lines go
     * @throws InvalidSettings when the address cannot be listened on
     */
    static Optional<MetricParts> serve(Parts parts, Optional<LogOutput> log, ServletContext context) {
        return parts.metrics().map(metrics -> {
            metrics.ready(() -> parts.trouble().isEmpty());
            log.ifPresent(metrics::linesLost);
            Surroundings.find(context).ifPresent(around -> metrics.server(around.counts()));
            return serve(metrics, parts.settings().server().metrics().orElseThrow());
        });
    }

    private static MetricParts serve(Metrics metrics, Address address) {
        String place = address.host() + ":" + address.port();
        try {
            var server = MetricsServer.start(address.host(), address.port(), metrics::text);
            LOG.info("Metrics are served at {}, path /metrics.", place);
            return new MetricParts(metrics, server);
        } catch (IOException e) {
            throw new InvalidSettings(List.of("metrics-address: " + place + " cannot be listened on (" + e.getMessage()
                    + "); free the port or name another address"));
        }
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
    }
}
