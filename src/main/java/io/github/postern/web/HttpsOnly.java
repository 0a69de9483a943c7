package io.github.postern.web;

import static jakarta.servlet.http.HttpServletResponse.SC_BAD_REQUEST;

import io.github.postern.config.EndpointSettings;
import io.github.postern.forwarded.ForwardedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Sends people who came by http to https ({@code force-https}), by the word of a trusted proxy, else by the connection itself. */
public final class HttpsOnly extends HttpFilter {
    private static final int PERMANENT_REDIRECT = 308;

    private final transient Places places;
    private final int port;

    /**
     * @param places what the proxy tells of the user's request
     * @param port where https is spoken, for people whose address names a port
     */
    public HttpsOnly(Places places, int port) {
        this.places = places;
        this.port = port;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String scheme = places.toldScheme(request).orElseGet(request::getScheme);
        if (scheme.equals("https") || isProbe(request)) {
            chain.doFilter(request, response);
        } else if (isQuestion(request)) {
            question(request, response, chain);
        } else {
            send(hostOf(request), own(request), response);
        }
    }

    /** A probe comes from beside the server and could not follow. */
    private boolean isProbe(HttpServletRequest request) {
        String path = request.getServletPath();
        EndpointSettings paths = places.settings().endpoints();
        return path.equals(paths.pingPath())
                || path.equals(paths.readyPath())
                || path.equals(paths.prefix() + "/jwks"); // apps fetch it from beside the server, and it is public
    }

    /** Whether a proxy asks about somebody's request, instead of passing that request on. */
    private boolean isQuestion(HttpServletRequest request) {
        String path = request.getServletPath();
        return places.checks().isAuthCall(path)
                || (places.checks().isCheck(path) && places.asked(request).certain());
    }

    /**
     * The answer reaches the user only through a proxy that passes it on, and leads to the page they asked for, never to the address of
     * the question. Without the proxy's word that they came by http it would send them round in circles. Where it cannot be given, the
     * usual answer stands: cookies that are secure are not sent over http, so nobody is signed in there.
     */
    private void question(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ForwardedRequest asked = places.asked(request);
        if (places.toldScheme(request).isPresent()
                && asked.redirectCapable()
                && asked.url().isPresent()) {
            send(asked.host(), asked.uri(), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<String> hostOf(HttpServletRequest request) {
        return places.asked(request)
                .host()
                .or(() -> Optional.ofNullable(request.getHeader("Host"))
                        .filter(host -> host.matches("[A-Za-z0-9._:\\[\\]-]+")));
    }

    private static String own(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    private void send(Optional<String> host, String uri, HttpServletResponse response) throws IOException {
        if (host.isEmpty()) {
            response.sendError(SC_BAD_REQUEST);
            return;
        }
        response.setStatus(PERMANENT_REDIRECT);
        response.setHeader("Location", "https://" + withPort(host.get()) + uri);
    }

    /** Who named a port came to the one where http is spoken. */
    private String withPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon + 1) + port : host;
    }
}
