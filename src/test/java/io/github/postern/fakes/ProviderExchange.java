package io.github.postern.fakes;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request to the fake provider, read once, and the ways to answer it. */
final class ProviderExchange implements AutoCloseable {
    private final HttpExchange raw;
    private final Parameters query;
    private final Parameters form;

    ProviderExchange(HttpExchange raw) throws IOException {
        this.raw = raw;
        this.query = Parameters.parse(
                Optional.ofNullable(raw.getRequestURI().getRawQuery()).orElse(""));
        this.form = Parameters.parse(new String(raw.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    Parameters query() {
        return query;
    }

    Parameters form() {
        return form;
    }

    String header(String name) {
        return Optional.ofNullable(raw.getRequestHeaders().getFirst(name)).orElse("");
    }

    Journal.Call call(Endpoint endpoint) {
        return new Journal.Call(
                endpoint, raw.getRequestMethod(), query, form, header("Authorization"), header("traceparent"));
    }

    /** What of this request must not be seen anywhere else. */
    List<String> secrets() {
        return List.of(form.get("code_verifier"), form.get("refresh_token"), form.get("code"));
    }

    /** client_secret_basic, RFC 6749 section 2.3.1, or client_secret_post. */
    boolean authenticates(String client, String secret) {
        var authorization = header("Authorization");
        if (!authorization.startsWith("Basic ")) {
            return form.get("client_id").equals(client)
                    && form.get("client_secret").equals(secret);
        }
        var pair = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return colon > 0
                && decode(pair.substring(0, colon)).equals(client)
                && decode(pair.substring(colon + 1)).equals(secret);
    }

    String bearer() {
        var authorization = header("Authorization");
        return authorization.startsWith("Bearer ") ? authorization.substring(7) : form.get("access_token");
    }

    void json(int status, Map<String, Object> body) throws IOException {
        answer(status, "application/json", JSONObjectUtils.toJSONString(body));
    }

    void answer(int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        raw.getResponseHeaders().set("Content-Type", type);
        raw.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        raw.getResponseBody().write(bytes);
    }

    /** A header of the answer to come. */
    void say(String name, String value) {
        raw.getResponseHeaders().set(name, value);
    }

    void redirect(String location) throws IOException {
        raw.getResponseHeaders().set("Location", location);
        raw.sendResponseHeaders(302, -1);
    }

    @Override
    public void close() {
        raw.close();
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
