package io.github.postern.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The server's side of a WebSocket, as much of RFC 6455 as short text messages need. */
record WebSocket(Listener.Connection connection) {
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int LONGEST = 65_535;

    static boolean wanted(Message request) {
        return request.fields().says("Connection", "upgrade")
                && request.fields().says("Upgrade", "websocket")
                && request.fields().first("Sec-WebSocket-Key").isPresent();
    }

    /** Agrees to the upgrade. RFC 6455 §4.2.2 */
    static WebSocket accept(Message request, Listener.Connection connection) throws IOException {
        var key = request.fields().first("Sec-WebSocket-Key").orElseThrow();
        var fields = Fields.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", accepted(key));
        connection.write(new Message("HTTP/1.1 101 Switching Protocols", fields, new byte[0]));
        return new WebSocket(connection);
    }

    /** Greets the user and says every message back until the other side closes. */
    void run(String user) throws IOException {
        say("connected as " + user);
        for (var heard = hear(); heard.isPresent(); heard = hear()) {
            say(user + " said: " + heard.get());
        }
        send(CLOSE, new byte[0]);
    }

    private void say(String text) throws IOException {
        send(TEXT, text.getBytes(UTF_8));
    }

    private void send(int kind, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(0x80 | kind);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.write(payload);
        var out = connection.socket().getOutputStream();
        out.write(frame.toByteArray());
        out.flush();
    }

    /** The next text; empty at the end. Frames of a client are masked. RFC 6455 §5.2 */
    private Optional<String> hear() throws IOException {
        var in = connection.in();
        while (true) {
            int kind = in.read() & 0x0f;
            int size = in.read() & 0x7f;
            if (size == 126) {
                size = in.read() << 8 | in.read();
            }
            if (size < 0 || size > LONGEST || kind == CLOSE || size == 127) {
                return Optional.empty();
            }
            var mask = in.readNBytes(4);
            var payload = in.readNBytes(size);
            if (mask.length < 4 || payload.length < size) {
                throw new EOFException("the frame is cut off");
            }
            for (int i = 0; i < size; i++) {
                payload[i] ^= mask[i % 4];
            }
            if (kind == TEXT) {
                return Optional.of(new String(payload, UTF_8));
            }
        }
    }

    private static String accepted(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
