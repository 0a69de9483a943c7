package io.github.postern.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What lies below our prefix and is none of our endpoints: 404, never another endpoint's answer. */
public final class UnknownServlet extends HttpServlet {
    private final transient Pages pages;

    /** @param pages what people see */
    public UnknownServlet(Pages pages) {
        this.pages = pages;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        pages.notFound(request, response);
    }
}
