package io.github.postern.fakes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request, written to the wire exactly as given: nothing is encoded, merged or corrected.
 *
 * @param method any token
 * @param target the request target, raw
 * @param headers in this order, repeated names allowed
 * @param body may be empty; a {@code Content-Length} is added when it is not
 */
public record Request(String method, String target, List<Header> headers, String body) {
    public Request {
        headers = List.copyOf(headers);
    }

    public static Request get(String target) {
        return of("GET", target);
    }

    public static Request of(String method, String target) {
        return new Request(method, target, List.of(), "");
    }

    /** This request with one more header line. */
    public Request with(String name, String value) {
        return new Request(
                method,
                target,
                Stream.concat(headers.stream(), Stream.of(new Header(name, value)))
                        .toList(),
                body);
    }

    /** This request with more header lines. */
    public Request with(List<Header> more) {
        return new Request(
                method, target, Stream.concat(headers.stream(), more.stream()).toList(), body);
    }

    /** This request with a form body. */
    public Request form(String form) {
        return new Request(method, target, headers, form).with("Content-Type", "application/x-www-form-urlencoded");
    }

    /** The first value of a header, or an empty string. */
    public String header(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /** The bytes on the wire; {@code Host} and {@code Connection} are added where the request has none. */
    byte[] bytes(String host) {
        var lines = new ArrayList<String>();
        lines.add(method + " " + target + " HTTP/1.1");
        if (header("Host").isEmpty()) {
            lines.add("Host: " + host);
        }
        headers.forEach(header -> lines.add(header.name() + ": " + header.value()));
        if (header("Connection").isEmpty()) {
            lines.add("Connection: close");
        }
        var content = body.getBytes(StandardCharsets.ISO_8859_1);
        if (content.length > 0) {
            lines.add("Content-Length: " + content.length);
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }
}
