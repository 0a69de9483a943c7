package io.github.postern.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The least a server can do for a request: 200, no body, no header of its own. What {@code ./bench} compares a check with. */
public final class EmptyServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {}
}
