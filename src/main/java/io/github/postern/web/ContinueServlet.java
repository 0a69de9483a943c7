package io.github.postern.web;

import io.github.postern.config.Level;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * {@code /continue?rd=}: a page between an app and the provider, on which a script adds the fragment that the browser brought
 * along ({@code #/experiments/1}) to the return address. Goes on by itself, with and without scripts.
 */
public final class ContinueServlet extends Endpoint {
    /** Below our prefix. */
    static final String PATH = "/continue";

    private final transient Places places;
    private final transient Pages pages;
    private final transient Predicate<Level> levels;

    /**
     * @param places where people may be sent
     * @param pages what they see for a moment
     * @param levels which levels may be asked for
     */
    public ContinueServlet(Places places, Pages pages, Predicate<Level> levels) {
        this.places = places;
        this.pages = pages;
        this.levels = levels;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Logins.askFor(request, Logins.wanted(request, levels));
        String target = places.wanted(request).orElse("/");
        pages.goOn(request, response, new Target(target));
    }
}
