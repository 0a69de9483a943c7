package io.github.postern.fakes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What came back, header by header.
 *
 * @param status 0 when the server closed the connection without an answer
 * @param headers in the order of arrival, repeated names kept
 * @param body as ISO 8859-1; {@link #text()} reads it as UTF-8
 */
public record Reply(int status, List<Header> headers, String body) {
    public Reply {
        headers = List.copyOf(headers);
    }

    /** All values of a header. */
    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(Header::value)
                .toList();
    }

    /** The only value of a header; empty when the header is missing. */
    public String header(String name) {
        var values = all(name);
        if (values.size() > 1) {
            throw new AssertionError(name + " came " + values.size() + " times: " + values);
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    public String location() {
        return header("Location");
    }

    public boolean isRedirect() {
        return status >= 300 && status < 400 && !location().isEmpty();
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public List<SetCookie> cookies() {
        return all("Set-Cookie").stream().map(SetCookie::parse).toList();
    }

    /** The {@code Set-Cookie} of this name, the last if there are several. */
    public Optional<SetCookie> cookie(String name) {
        return cookies().stream().filter(cookie -> cookie.name().equals(name)).reduce((first, last) -> last);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Everything a client sees: status, headers, body. */
    public String whole() {
        var text = new StringBuilder().append(status).append('\n');
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append('\n'));
        return text.append('\n').append(body).toString();
    }
}
