package io.github.postern.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** Every path that is none of ours: an auth check, as oauth2-proxy with a static upstream and Envoy's ext_authz expect. */
public final class CatchAllServlet extends HttpServlet {
    private final transient AuthServlet check;
    private final transient UnknownServlet unknown;
    private final String prefix;

    /**
     * @param check what answers
     * @param unknown what answers where the path is one of ours but for its spelling
     * @param prefix where our endpoints lie
     */
    public CatchAllServlet(AuthServlet check, UnknownServlet unknown, String prefix) {
        this.check = check;
        this.unknown = unknown;
        this.prefix = prefix.toLowerCase(Locale.ROOT);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getServletPath().toLowerCase(Locale.ROOT);
        if (path.equals(prefix) || path.startsWith(prefix + "/")) {
            unknown.service(request, response);
        } else {
            check.service(request, response);
        }
    }
}
