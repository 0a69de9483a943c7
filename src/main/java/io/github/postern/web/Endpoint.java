package io.github.postern.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An endpoint for people and probes: GET, and what it adds; 405 for every other method, known or not (RFC 9110, 15.5.6). */
abstract class Endpoint extends HttpServlet {
    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
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

    /** @param allowed the methods that would do */
    static void refuse(HttpServletResponse response, String allowed) throws IOException {
        response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        response.setHeader("Allow", allowed);
        Json.writeText(response, "Method not allowed");
    }
}
