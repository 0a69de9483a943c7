package io.github.postern.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * What is counted and timed, and the text that Prometheus reads. Labels hold words of ours and names of the operator's rules: strangers
 * cannot make one up.
 */
public final class Metrics implements Listener, AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final CheckMeters checks = new CheckMeters(registry);
    private final EventMeters events = new EventMeters(registry);
    private final CallMeters store = new CallMeters(
            registry, "postern.store.call.duration", "How long calls to Redis took, with all tries.", "command");
    private final ProviderMeters provider;

    /** @param version ours */
    public Metrics(String version) {
        this.provider = new ProviderMeters(registry, System::nanoTime);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("postern.build.info", () -> 1)
                .description("Which Postern this is; always 1.")
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
    }

    @Override
    public void checked(Outcome outcome, String rule, String reason, long nanos) {
        checks.checked(outcome, rule, nanos);
    }

    @Override
    public void happened(Event event) {
        events.happened(event);
    }

    /** A call to the store ended; {@code result} is {@code ok} or {@code failed}. */
    public void storeCalled(String command, String result, long nanos) {
        store.done(command, result, nanos);
    }

    /** A call to the identity provider ended; {@code result} is {@code ok}, {@code refused} or {@code failed}. */
    public void providerCalled(String endpoint, String result, long nanos) {
        provider.done(endpoint, result, nanos);
    }

    /** @param reasons why logins can fail, as their events say it; each is told as 0 until it happens */
    public void expectFailures(Stream<String> reasons) {
        events.expectFailures(reasons);
    }

    /** @param log whose missing lines are told; whoever calls this keeps it */
    public void linesLost(LogOutput log) {
        FunctionCounter.builder("postern.log.lines.lost", log, LogOutput::lost)
                .description("Lines that are missing in the log, because the output was too slow or took none.")
                .register(registry);
    }

    /** Tells whether this replica wants requests. */
    public void ready(BooleanSupplier isReady) {
        gauge("postern.ready", "1 while ready-path says yes, else 0.", () -> isReady.getAsBoolean() ? 1 : 0);
    }

    /** @param held how many sessions there are */
    public void sessions(DoubleSupplier held) {
        gauge("postern.sessions", "Sessions in this Tomcat's memory.", held);
    }

    /** @param held how many ends of sessions are remembered */
    public void revocations(DoubleSupplier held) {
        gauge("postern.revocations", "Ended sessions that are remembered until their cookies expire.", held);
    }

    /** @param known how many replicas of the cluster know each other, this one among them */
    public void replicas(DoubleSupplier known) {
        gauge("postern.replicas", "Replicas of the cluster that know each other, this one among them.", known);
    }

    /** @param counts the server's threads and connections by name, such as {@code threads.busy} */
    public void server(Map<String, DoubleSupplier> counts) {
        counts.forEach(
                (name, count) -> gauge("postern.http." + name, "Tomcat's " + name.replace('.', ' ') + ".", count));
    }

    private void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(description).register(registry);
    }

    /** All of it, in Prometheus' text format. */
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
