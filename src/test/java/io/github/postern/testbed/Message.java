package io.github.postern.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP/1.1 request or answer as it is on the wire. Small on purpose: it lets tests send what no tidy client would, and
 * read what no tidy client shows.
 *
 * @param start the first line, for instance {@code GET / HTTP/1.1} or {@code HTTP/1.1 200 OK}
 */
public record Message(String start, Fields fields, byte[] body) {
    private static final int LINE_LIMIT = 64 * 1024;

    /** A request without a body. */
    public static Message request(String method, String target, Fields fields) {
        return new Message(method + " " + target + " HTTP/1.1", fields, new byte[0]);
    }

    /** An answer with a body; its length is added. */
    public static Message answer(int status, Fields fields, byte[] body) {
        return new Message(
                "HTTP/1.1 " + status + " -", fields.with("Content-Length", Integer.toString(body.length)), body);
    }

    /** An answer of plain text. */
    public static Message text(int status, String text) {
        return answer(status, Fields.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(UTF_8));
    }

    /** The next request on a connection; empty when the other side has closed it. */
    public static Optional<Message> readRequest(InputStream in) throws IOException {
        var start = line(in);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        var head = new Message(start.get(), fields(in), new byte[0]);
        var body = framed(in, head.fields);
        return Optional.of(body.isPresent() ? head.with(body.get()) : head);
    }

    /** The answer to a request of this method, its body read to the end; answers 1xx other than 101 are passed over. */
    public static Message readAnswer(InputStream in, String method) throws IOException {
        var head = readAnswerHead(in);
        if (method.equals("HEAD") || head.hasNoBody()) {
            return head;
        }
        var framed = framed(in, head.fields);
        return head.with(framed.isPresent() ? framed.get() : in.readAllBytes());
    }

    /** Start line and fields of an answer; the body stays in the stream. */
    public static Message readAnswerHead(InputStream in) throws IOException {
        while (true) {
            var start = line(in).orElseThrow(() -> new EOFException("the connection was closed without an answer"));
            var head = new Message(start, fields(in), new byte[0]);
            if (head.status() >= 200 || head.status() == 101) {
                return head;
            }
        }
    }

    public String method() {
        return start.substring(0, start.indexOf(' '));
    }

    /** What the request asks for, path and query. */
    public String target() {
        return start.split(" ")[1];
    }

    /** The target without its query. */
    public String path() {
        return target().split("\\?", 2)[0];
    }

    public int status() {
        return Integer.parseInt(start.split(" ")[1]);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** The same message with other fields. */
    public Message with(Fields others) {
        return new Message(start, others, body);
    }

    /** The same message with this body, framed by its length. */
    private Message with(byte[] other) {
        var length = Integer.toString(other.length);
        return new Message(start, fields.without("Transfer-Encoding").with("Content-Length", length), other);
    }

    /** Writes head and body in one go. */
    public void write(OutputStream out) throws IOException {
        var text = new StringBuilder(start).append("\r\n");
        fields.all()
                .forEach(field -> text.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append("\r\n"));
        var bytes = new ByteArrayOutputStream();
        bytes.write(text.append("\r\n").toString().getBytes(ISO_8859_1));
        bytes.write(body);
        out.write(bytes.toByteArray());
        out.flush();
    }

    private boolean hasNoBody() {
        return status() == 101 || status() == 204 || status() == 304;
    }

    private static Fields fields(InputStream in) throws IOException {
        List<Fields.Field> fields = new ArrayList<>();
        while (true) {
            var line = line(in).orElseThrow(() -> new EOFException("the connection was closed within a head"));
            if (line.isEmpty()) {
                return new Fields(fields);
            }
            var colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header line: " + line);
            }
            fields.add(new Fields.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    /** The body if its end can be told from the fields. */
    private static Optional<byte[]> framed(InputStream in, Fields fields) throws IOException {
        if (fields.says("Transfer-Encoding", "chunked")) {
            return Optional.of(chunks(in));
        }
        var length = fields.first("Content-Length");
        return length.isPresent() ? Optional.of(exactly(in, Integer.parseInt(length.get()))) : Optional.empty();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = Integer.parseInt(
                    line(in).orElseThrow(EOFException::new).split(";")[0].strip(), 16);
            if (size == 0) {
                fields(in);
                return body.toByteArray();
            }
            body.write(exactly(in, size));
            line(in);
        }
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        var bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the body ended after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    private static Optional<String> line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && line.size() == 0) {
                return Optional.empty();
            }
            if (next < 0 || line.size() > LINE_LIMIT) {
                throw new IOException("a header line is cut off or too long");
            }
            line.write(next);
        }
        return Optional.of(line.toString(ISO_8859_1).replaceFirst("\r$", ""));
    }
}
