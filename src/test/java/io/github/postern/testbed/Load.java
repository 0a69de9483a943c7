package io.github.postern.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks of signed-in people at a steady rate, sent as a proxy does it: to each replica in turn that said on {@code /ready} it takes
 * requests, over connections that are kept, and never a second time when one fails.
 */
public final class Load implements AutoCloseable {
    private static final Duration PROBED_EVERY = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8, task -> {
        var thread = new Thread(task, "load");
        thread.setDaemon(true);
        return thread;
    });
    private final List<URI> replicas;
    private final List<Person> people;
    private final Map<URI, Boolean> ready = new ConcurrentHashMap<>();
    private final AtomicInteger checks = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();

    /**
     * Somebody who has signed in.
     *
     * @param cookies the {@code Cookie} header
     * @param subject who it must be
     */
    public record Person(String cookies, String subject) {}

    /**
     * How it went.
     *
     * @param checks how many were sent
     * @param failures what went wrong, one line each
     */
    public record Result(int checks, List<String> failures) {
        public Result {
            failures = List.copyOf(failures);
        }
    }

    private Load(List<URI> replicas, List<Person> people) {
        this.replicas = List.copyOf(replicas);
        this.people = List.copyOf(people);
    }

    /** Load from now on; {@code replicas} are addresses such as {@code http://127.0.0.1:4180}. */
    public static Load start(List<URI> replicas, List<Person> people, int perSecond) {
        var load = new Load(replicas, people);
        load.probe();
        load.threads.scheduleWithFixedDelay(
                load::probe, PROBED_EVERY.toMillis(), PROBED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        load.threads.scheduleAtFixedRate(load::begin, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
        return load;
    }

    private void probe() {
        replicas.forEach(replica -> ready.put(replica, Probe.status(replica.resolve("/ready")) == 200));
    }

    private void begin() {
        int number = checks.getAndIncrement();
        var open = replicas.stream().filter(ready::get).toList();
        if (open.isEmpty()) {
            failed("no replica is ready");
            return;
        }
        check(open.get(number % open.size()), people.get(number % people.size()));
    }

    private void check(URI replica, Person person) {
        var request = HttpRequest.newBuilder(replica.resolve("/oauth2/auth"))
                .timeout(PATIENCE)
                .header("Cookie", person.cookies())
                .header("Accept", "application/json")
                .header("X-Forwarded-Method", "GET")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "mlflow.akko.local")
                .header("X-Forwarded-Uri", "/x")
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            var user = answer.headers().firstValue("X-Auth-Request-User").orElse("");
            if (answer.statusCode() != 200 || !user.equals(person.subject())) {
                failed(replica + " answered " + answer.statusCode() + " for " + user);
            }
        } catch (IOException e) {
            failed(replica + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void failed(String why) {
        failures.add(Instant.now() + " " + why);
    }

    /** Ends it, and lets what is on its way arrive. */
    public Result stop() throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
        synchronized (this) {
            return new Result(checks.get(), failures);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
