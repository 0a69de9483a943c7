package io.github.postern.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Three small apps that know nothing of signing in and show the headers they receive: a page, a page that fetches, and a
 * page with a WebSocket.
 *
 * <p>Each answers {@code /api/headers} with what it received, as JSON.
 */
public final class Apps implements AutoCloseable {
    private static final Map<String, String> TYPES = Map.of("css", "text/css", "js", "text/javascript");

    private final Map<String, Listener> listeners;
    private final Map<String, String> pages;

    private Apps(Map<String, Listener> listeners, Map<String, String> pages) {
        this.listeners = listeners;
        this.pages = pages;
    }

    /** Starts all three on free loopback ports. */
    public static Apps start() {
        var listeners = new LinkedHashMap<String, Listener>();
        Map<String, String> pages = new ConcurrentHashMap<>();
        for (var app : Site.APPS) {
            listeners.put(app, Listener.on(socket(), (request, client) -> serve(app, request, client, pages)));
        }
        return new Apps(listeners, pages);
    }

    /** From now on all three answer this path with this page. */
    void show(String path, String html) {
        pages.put(path, html);
    }

    public int port(String app) {
        return listeners.get(app).port();
    }

    @Override
    public void close() {
        listeners.values().forEach(Listener::close);
    }

    private static boolean serve(String app, Message request, Listener.Connection client, Map<String, String> pages)
            throws IOException {
        if (app.equals("live") && request.path().equals("/socket") && WebSocket.wanted(request)) {
            WebSocket.accept(request, client).run(spoken(request, "X-Auth-Request-Preferred-Username"));
            return false;
        }
        var shown = pages.get(request.path());
        client.write(shown == null ? answer(app, request) : content("text/html; charset=utf-8", shown));
        return true;
    }

    private static Message answer(String app, Message request) {
        var path = request.path();
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (path.equals("/api/headers")) {
            return content("application/json", json(app, request));
        }
        if (type != null && path.matches("/[a-z]+\\.[a-z]+")) {
            return content(type, Template.named("apps" + path).text());
        }
        return content("text/html; charset=utf-8", page(app, request));
    }

    private static Message content(String type, String text) {
        return Message.answer(200, Fields.of("Content-Type", type, "Cache-Control", "no-store"), text.getBytes(UTF_8));
    }

    private static String page(String app, Message request) {
        var host = request.fields().first("Host").orElse("localhost");
        var name = spoken(request, "X-Auth-Request-Preferred-Username");
        return Template.named("apps/page.html")
                .with("main", Template.named("apps/" + app + ".html").text())
                .with("app", app)
                .with("name", escaped(name.isEmpty() ? "nobody" : name))
                .with("email", escaped(spoken(request, "X-Auth-Request-Email")))
                .with("groups", escaped(spoken(request, "X-Auth-Request-Groups").replace(",", ", ")))
                .with("domain", escaped(host.substring(host.indexOf('.') + 1)))
                .with("request", escaped(request.method() + " " + utf8(request.target())))
                .with("rows", rows(request))
                .text();
    }

    private static String rows(Message request) {
        return request.fields().all().stream()
                .map(field -> "<tr"
                        + (field.name().toLowerCase().startsWith("x-auth-request-") ? " class=\"ours\"" : "")
                        + "><th scope=\"row\">" + escaped(field.name()) + "</th><td>" + escaped(utf8(field.value()))
                        + "</td></tr>")
                .collect(Collectors.joining("\n"));
    }

    private static String json(String app, Message request) {
        var headers = request.fields().all().stream()
                .map(field -> "    [" + quoted(field.name()) + ", " + quoted(utf8(field.value())) + "]")
                .collect(Collectors.joining(",\n"));
        return "{\n  \"app\": " + quoted(app) + ",\n  \"method\": " + quoted(request.method()) + ",\n  \"target\": "
                + quoted(request.target()) + ",\n  \"headers\": [\n" + headers + "\n  ]\n}\n";
    }

    private static String spoken(Message request, String header) {
        return utf8(request.fields().first(header).orElse(""));
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static ServerSocket socket() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
