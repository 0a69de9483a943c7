package io.github.postern.fakes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads one HTTP/1.1 response, RFC 9112 section 6. */
final class ReplyReader {
    private final InputStream in;

    ReplyReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** @param headOnly whether the request was a HEAD, so that no body follows */
    Reply read(boolean headOnly) throws IOException {
        var statusLine = lineOrEnd();
        if (statusLine.isEmpty()) {
            return new Reply(0, List.of(), "");
        }
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        var headers = headers();
        if (status == 100) {
            return read(headOnly);
        }
        var bodiless = headOnly || status == 204 || status == 304 || status == 101;
        return new Reply(status, headers, bodiless ? "" : body(headers));
    }

    private List<Header> headers() throws IOException {
        var headers = new ArrayList<Header>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(
                    colon < 0
                            ? new Header(line, "")
                            : new Header(
                                    line.substring(0, colon),
                                    line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private String body(List<Header> headers) throws IOException {
        for (var header : headers) {
            if (header.is("Transfer-Encoding")
                    && header.value().toLowerCase(Locale.ROOT).contains("chunked")) {
                return chunks();
            }
            if (header.is("Content-Length")) {
                return latin1(in.readNBytes(Integer.parseInt(header.value())));
            }
        }
        return latin1(in.readAllBytes());
    }

    private String chunks() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            bytes.writeBytes(in.readNBytes(size));
            line();
        }
        headers();
        return latin1(bytes.toByteArray());
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";")[0].trim(), 16);
    }

    /** A closed or reset connection is an answer too: none. */
    private String lineOrEnd() throws IOException {
        try {
            return line();
        } catch (SocketException e) {
            return "";
        }
    }

    private String line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                bytes.write(c);
            }
        }
        return latin1(bytes.toByteArray());
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
