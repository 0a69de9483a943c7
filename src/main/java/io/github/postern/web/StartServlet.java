package io.github.postern.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /start?rd=}: begins a login that ends at {@code rd}, where people may be sent there, else where they come from. */
public final class StartServlet extends Endpoint {
    private final transient Places places;
    private final transient Logins logins;

    /**
     * @param places where people may be sent
     * @param logins what begins
     */
    public StartServlet(Places places, Logins logins) {
        this.places = places;
        this.logins = logins;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        logins.begin(request, response, places.target(request));
    }

    /** A HEAD begins nothing. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(response, "GET");
    }
}
