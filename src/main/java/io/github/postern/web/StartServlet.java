package io.github.postern.web;

import io.github.postern.config.Level;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;

/** {@code /start?rd=}: begins a login that ends at {@code rd}, where people may be sent there, else where they come from. */
public final class StartServlet extends Endpoint {
    private final transient Places places;
    private final transient Logins logins;
    private final transient Predicate<Level> levels;

    /**
     * @param places where people may be sent
     * @param logins what begins
     * @param levels which levels may be asked for
     */
    public StartServlet(Places places, Logins logins, Predicate<Level> levels) {
        this.places = places;
        this.logins = logins;
        this.levels = levels;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Logins.askFor(request, Logins.wanted(request, levels));
        logins.begin(request, response, places.target(request));
    }

    /** A HEAD begins nothing. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(response, "GET");
    }
}
