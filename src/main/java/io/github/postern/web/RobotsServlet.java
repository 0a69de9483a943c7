package io.github.postern.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /robots.txt}: nothing here is for search engines (RFC 9309). */
public final class RobotsServlet extends Endpoint {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.writeText(response, "User-agent: *\nDisallow: /");
    }
}
