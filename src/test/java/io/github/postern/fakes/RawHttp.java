package io.github.postern.fakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * One request, one connection, every byte as given; can come from any address of the loopback network.
 *
 * @param port where the server listens on 127.0.0.1
 * @param from the address the connection comes from, for example 127.0.0.2
 * @param witness told of every exchange
 */
public record RawHttp(int port, String from, BiConsumer<Request, Reply> witness) {
    private static final int PATIENCE_MILLIS = 30_000;

    /** Sends a request and reads the answer to its end. */
    public Reply send(Request request) {
        var reply = exchange(request.bytes("127.0.0.1:" + port), request.method());
        witness.accept(request, reply);
        return reply;
    }

    /** Sends bytes that need not be a request; status 0 when the server just closes. */
    public Reply sendBytes(String latin1) {
        var reply = exchange(latin1.getBytes(StandardCharsets.ISO_8859_1), "GET");
        witness.accept(Request.of("RAW", latin1.lines().findFirst().orElse("")), reply);
        return reply;
    }

    private Reply exchange(byte[] bytes, String method) {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (SocketException e) {
                // the server may answer and close before it has read everything
            }
            return new ReplyReader(socket.getInputStream()).read(method.equals("HEAD"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
