package io.github.postern.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** An OpenTelemetry collector: takes spans by OTLP over HTTP, and keeps them; or refuses them, or never answers. */
public final class FakeCollector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "fake-collector");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile boolean hanging;

    /**
     * A span as it was sent.
     *
     * @param parent the id of the span above it; empty for none
     * @param kind 2 for a server's, 3 for a client's
     * @param error whether its status says so
     * @param attributes what it tells
     * @param events what happened in it
     * @param resource what the sender says of itself
     */
    public record Span(
            String trace,
            String id,
            String parent,
            String name,
            long kind,
            boolean error,
            Map<String, String> attributes,
            List<String> events,
            Map<String, String> resource) {}

    private FakeCollector(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 50);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    public static FakeCollector start() {
        return start(0);
    }

    /** One on this port; 0 means any. */
    public static FakeCollector start(int port) {
        try {
            return new FakeCollector(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} must say. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on it answers with this status, and keeps nothing. */
    public void refuse(int with) {
        status = with;
    }

    /** From now on it never answers. */
    public void hang() {
        hanging = true;
    }

    /** What came so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The paths that were asked for. */
    public List<String> paths() {
        return List.copyOf(paths);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            paths.add(exchange.getRequestURI().getPath());
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            byte[] message = (packed ? new GZIPInputStream(body) : body).readAllBytes();
            if (hanging) {
                end.await();
            }
            if (status == 200) {
                read(Protobuf.read(message));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** ExportTraceServiceRequest, ResourceSpans, ScopeSpans, Span (opentelemetry-proto 1.x). */
    private void read(Protobuf request) {
        for (Protobuf sender : request.messages(1)) {
            Map<String, String> resource = sender.messages(1).stream()
                    .findFirst()
                    .map(who -> attributes(who, 1))
                    .orElse(Map.of());
            sender.messages(2).stream()
                    .flatMap(scope -> scope.messages(2).stream())
                    .forEach(span -> spans.add(span(span, resource)));
        }
    }

    private static Span span(Protobuf span, Map<String, String> resource) {
        Optional<Protobuf> status = span.messages(15).stream().findFirst();
        return new Span(
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                span.number(6),
                status.map(code -> code.number(3) == 2).orElse(false),
                attributes(span, 9),
                span.messages(11).stream().map(event -> event.text(2)).toList(),
                resource);
    }

    private static Map<String, String> attributes(Protobuf message, int field) {
        var attributes = new TreeMap<String, String>();
        message.messages(field)
                .forEach(pair -> pair.messages(2)
                        .forEach(value -> attributes.put(
                                pair.text(1),
                                value.text(1).isEmpty() ? Long.toString(value.number(3)) : value.text(1))));
        return attributes;
    }

    /** The spans of this name. */
    public Stream<Span> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name));
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
