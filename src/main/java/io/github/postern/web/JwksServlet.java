package io.github.postern.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** {@code /jwks}: the public keys by which apps check the signed identity (RFC 7517). They are for everybody. */
public final class JwksServlet extends Endpoint {
    private final transient Supplier<String> keys;

    /** @param keys the key set as JSON; a key is in it a day before it signs */
    public JwksServlet(Supplier<String> keys) {
        this.keys = keys;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = keys.get().getBytes(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "public, max-age=3600");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
