package io.github.postern.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An endpoint for people and probes: GET, and what it adds; 405 for every other method, known or not (RFC 9110, 15.5.6).
 *
 * <p>It answers to its own path only, letter by letter: Tomcat maps {@code /app/..;/ping} to it as well, and where a proxy sends us
 * the user's own path (Envoy), a 200 of ours would let that request pass.
 */
abstract class Endpoint extends HttpServlet {
    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!isSpelledOut(request)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            Json.writeText(response, "Not found");
            return;
        }
        switch (request.getMethod()) {
            case "GET" -> doGet(request, response);
            case "HEAD" -> doHead(request, response);
            case "POST" -> doPost(request, response);
            default -> refuse(response, "GET, HEAD");
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        refuse(response, "GET, HEAD");
    }

    static boolean isSpelledOut(HttpServletRequest request) {
        String info = request.getPathInfo();
        return request.getRequestURI()
                .equals(info == null ? request.getServletPath() : request.getServletPath() + info);
    }

    /** @param allowed the methods that would do */
    static void refuse(HttpServletResponse response, String allowed) throws IOException {
        response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        response.setHeader("Allow", allowed);
        Json.writeText(response, "Method not allowed");
    }
}
