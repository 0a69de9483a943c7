package io.github.postern.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Small bodies for programs, in JSON or in text; never cached, never sniffed. */
final class Json {
    private final ObjectMapper mapper = new ObjectMapper();

    void write(HttpServletResponse response, Map<String, ?> body) throws IOException {
        send(response, "application/json", asText(body));
    }

    static void writeText(HttpServletResponse response, String body) throws IOException {
        send(response, "text/plain; charset=utf-8", body + "\n");
    }

    private String asText(Map<String, ?> body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private static void send(HttpServletResponse response, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
