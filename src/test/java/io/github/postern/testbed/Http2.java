package io.github.postern.testbed;

import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client that speaks HTTP/2 where the other side does. A tunnel of its own leads every name to loopback, so nothing has to resolve them. */
public final class Http2 implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Listener tunnel;
    private final HttpClient client;

    Http2(Certificate certificate) {
        this.tunnel = Listener.on(socket(), this::serve);
        this.client = HttpClient.newBuilder()
                .sslContext(certificate.context())
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnel.port())))
                .connectTimeout(PATIENCE)
                .build();
    }

    /** One request with these fields; redirects are not followed. The answer's first line names the protocol that was spoken. */
    public Message get(URI address, Fields fields) {
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        fields.all().forEach(field -> request.header(field.name(), field.value()));
        try {
            return message(client.send(request.build(), ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(address + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        tunnel.close();
    }

    private static Message message(HttpResponse<byte[]> answer) {
        var fields = Fields.NONE;
        for (var field : answer.headers().map().entrySet()) {
            for (var value : field.getValue()) {
                fields = fields.and(field.getKey(), value);
            }
        }
        var protocol = answer.version() == HttpClient.Version.HTTP_2 ? "HTTP/2 " : "HTTP/1.1 ";
        return new Message(protocol + answer.statusCode() + " -", fields, answer.body());
    }

    /** {@code CONNECT host:port}: the port counts, the host is loopback whatever its name. */
    private boolean serve(Message request, Listener.Connection client) throws IOException {
        int port = Integer.parseInt(request.target().substring(request.target().lastIndexOf(':') + 1));
        try (var gateway = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.write(new Message("HTTP/1.1 200 -", Fields.NONE, new byte[0]));
            client.socket().setSoTimeout(0);
            tunnel.beside(() -> Listener.copyQuietly(client.in(), gateway));
            new BufferedInputStream(gateway.getInputStream())
                    .transferTo(client.socket().getOutputStream());
        }
        return false;
    }

    private static ServerSocket socket() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
