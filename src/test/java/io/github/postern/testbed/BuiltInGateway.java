package io.github.postern.testbed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A small reverse proxy that keeps to Traefik's forwardAuth contract ({@code trustForwardHeader} and
 * {@code authResponseHeaders} set), for machines that have no other. One request per connection; not for real use.
 */
final class BuiltInGateway implements AutoCloseable {
    private static final String[] IDENTITY = {
        "X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Preferred-Username", "X-Auth-Request-Groups"
    };
    private static final String[] FORWARDED = {
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Method",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-Proto",
        "X-Forwarded-Server",
        "X-Forwarded-Uri",
        "X-Real-Ip"
    };
    private static final String[] OF_ONE_HOP = {
        "Connection", "Keep-Alive", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade"
    };
    private static final int PATIENCE_MILLIS = 30_000;

    private final Site site;
    private final int postern;
    private final Map<String, Integer> apps = new TreeMap<>();
    private final Map<String, Integer> open = new TreeMap<>();
    private final Listener listener;

    private BuiltInGateway(Site site, Optional<Certificate> certificate, Backends backends) {
        this.site = site;
        this.postern = backends.postern();
        for (var app : Site.APPS) {
            apps.put(site.host(app), backends.apps().port(app));
        }
        open.put(site.host(Site.IDENTITY), backends.keycloak());
        open.put(site.domain(), postern);
        this.listener = Listener.on(socket(site.port(), certificate), this::serve);
    }

    static BuiltInGateway start(Site site, Optional<Certificate> certificate, Backends backends) {
        return new BuiltInGateway(site, certificate, backends);
    }

    @Override
    public void close() {
        listener.close();
    }

    private boolean serve(Message request, Listener.Connection client) throws IOException {
        var host = request.fields().first("Host").orElse("").replaceFirst(":[0-9]*$", "");
        var arrived = request.with(request.fields().without(FORWARDED).and(forwarded(request, client)));
        if (open.containsKey(host)) {
            pass(arrived, client, open.get(host));
        } else if (!apps.containsKey(host)) {
            client.write(closing(Message.text(404, "no such host here\n")));
        } else if (request.path().startsWith("/oauth2/")) {
            pass(arrived, client, postern);
        } else {
            gate(arrived, client, apps.get(host));
        }
        return false;
    }

    private void gate(Message request, Listener.Connection client, int app) throws IOException {
        Message answer;
        try {
            answer = ask(request);
        } catch (IOException e) {
            client.write(closing(Message.text(500, "the gate does not answer\n")));
            return;
        }
        if (answer.status() < 200 || answer.status() > 299) {
            client.write(closing(absolute(answer)));
            return;
        }
        // what a client says of itself is dropped even where the gate says nothing
        var fields = new Fields(request.fields().all().stream()
                .filter(field -> !isOurs(field.name()))
                .toList());
        for (var name : IDENTITY) {
            for (var value : answer.fields().values(name)) {
                fields = fields.and(name, value);
            }
        }
        pass(request.with(fields), client, app);
    }

    /** To many an app {@code X_Auth_Request_User} is the same name. */
    private static boolean isOurs(String name) {
        return name.toLowerCase(Locale.ROOT).matches("x[^a-z0-9]auth[^a-z0-9]request.*");
    }

    /** The question: the client's head without its body, and where it wanted to go. */
    private Message ask(Message request) throws IOException {
        try (var gate = connect(postern)) {
            var fields = request.fields()
                    .without(OF_ONE_HOP)
                    .without("Content-Length")
                    .with("Host", "127.0.0.1:" + postern)
                    .and("X-Forwarded-Method", request.method())
                    .and("X-Forwarded-Uri", request.target())
                    .and("Connection", "close");
            Message.request("GET", "/oauth2/auth", fields).write(gate.getOutputStream());
            return Message.readAnswer(new BufferedInputStream(gate.getInputStream()), "GET");
        }
    }

    private Fields forwarded(Message request, Listener.Connection client) {
        var upgrade = upgrades(request);
        var plain = upgrade ? "ws" : "http";
        return Fields.of(
                "X-Forwarded-For",
                client.socket().getInetAddress().getHostAddress(),
                "X-Forwarded-Host",
                request.fields().first("Host").orElse(""),
                "X-Forwarded-Port",
                Integer.toString(site.port()),
                "X-Forwarded-Proto",
                site.secure() ? plain + "s" : plain);
    }

    /** Traefik resolves a relative Location against the gate's own address; a gate that sends one is found out here. */
    private Message absolute(Message answer) {
        var location = answer.fields().first("Location");
        if (location.isEmpty()) {
            return answer;
        }
        var asked = URI.create("http://127.0.0.1:" + postern + "/oauth2/auth");
        return answer.with(
                answer.fields().with("Location", asked.resolve(location.get()).toString()));
    }

    /** Hands a request on, and all that comes back, as it comes; after a 101 in both directions. */
    private void pass(Message request, Listener.Connection client, int port) throws IOException {
        try (var backend = connect(port)) {
            var upgrade = upgrades(request);
            onward(request, upgrade).write(backend.getOutputStream());
            var in = new BufferedInputStream(backend.getInputStream());
            var answer = Message.readAnswerHead(in);
            if (answer.status() == 101) {
                client.write(answer);
                backend.setSoTimeout(0);
                client.socket().setSoTimeout(0);
                listener.beside(() -> Listener.copyQuietly(client.in(), backend));
            } else {
                client.write(closing(answer));
            }
            in.transferTo(client.socket().getOutputStream());
        } catch (ConnectException e) {
            client.write(closing(Message.text(502, "nobody answers behind this gateway\n")));
        }
    }

    private static boolean upgrades(Message request) {
        return request.fields().says("Connection", "upgrade")
                && request.fields().values("Upgrade").equals(List.of("websocket"));
    }

    private static Message onward(Message request, boolean upgrade) {
        var fields = request.fields();
        if (!upgrade) {
            fields = fields.without(OF_ONE_HOP).and("Connection", "close");
        }
        return request.with(fields);
    }

    private static Message closing(Message answer) {
        return answer.with(answer.fields().with("Connection", "close"));
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static ServerSocket socket(int port, Optional<Certificate> certificate) {
        try {
            var loopback = InetAddress.getLoopbackAddress();
            return certificate.isPresent()
                    ? certificate.get().context().getServerSocketFactory().createServerSocket(port, 50, loopback)
                    : new ServerSocket(port, 50, loopback);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
