package io.github.postern.forwarded;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * What one family of headers, or the request line, says about the user's request. All parts are well-formed; what was not is empty.
 *
 * @param method the method in capitals
 * @param scheme {@code http}, {@code https}, {@code ws} or {@code wss}
 * @param host name or address with the port, in lower case
 * @param uri raw path and query
 * @param sound whether nothing was told twice or malformed
 * @param whole whether all was sent that the family needs to tell of a page: method, host and uri, or the URL; well-formed or not
 */
record Telling(
        Optional<String> method,
        Optional<String> scheme,
        Optional<String> host,
        Optional<String> uri,
        boolean sound,
        boolean whole) {

    /** Of headers that are not there. */
    static final Telling NOTHING =
            new Telling(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, false);

    /** {@code X-Forwarded-*}; {@code X-Forwarded-Port} and {@code -Prefix} are never read. */
    static Telling byForwardedHeaders(HttpServletRequest request) {
        var method = HeaderLine.of(request, "X-Forwarded-Method").when(Spelling::isMethod);
        var scheme = HeaderLine.of(request, "X-Forwarded-Proto").when(Spelling::isScheme);
        var host = HeaderLine.of(request, "X-Forwarded-Host").when(Spelling::isHost);
        var uri = HeaderLine.of(request, "X-Forwarded-Uri").when(Spelling::isUri);
        boolean sound = method.sound() && scheme.sound() && host.sound() && uri.sound();
        boolean whole = method.sent() && host.sent() && uri.sent();
        return new Telling(method.value(), lower(scheme.value()), lower(host.value()), uri.value(), sound, whole);
    }

    /** {@code X-Original-URL} and {@code X-Original-Method}. */
    static Telling byOriginalUrl(HttpServletRequest request) {
        var method = HeaderLine.of(request, "X-Original-Method").when(Spelling::isMethod);
        var url = HeaderLine.of(request, "X-Original-URL");
        return url.value()
                .flatMap(text -> parts(method, text))
                .orElseGet(() -> new Telling(
                        method.value(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        method.sound() && !url.sent(),
                        url.sent()));
    }

    /**
     * The request that reached us, taken for the user's own.
     *
     * @param before a path that a proxy puts before the user's own, which is not part of it
     */
    static Telling byRequestLine(HttpServletRequest request, String before) {
        var host = HeaderLine.of(request, "Host").when(Spelling::isHost);
        String query = request.getQueryString();
        String sent = request.getRequestURI();
        String path = sent.startsWith(before + "/") ? sent.substring(before.length()) : sent;
        String line = query == null ? path : path + "?" + query;
        var uri = Optional.of(line).filter(Spelling::isUri);
        var method = Optional.of(request.getMethod()).filter(Spelling::isMethod);
        boolean sound = host.sound() && uri.isPresent() && method.isPresent();
        return new Telling(method, Optional.empty(), lower(host.value()), uri, sound, true);
    }

    /** Whether no part that both tell differs. */
    boolean agreesWith(Telling other) {
        return sound
                && agree(method, other.method)
                && agree(host, other.host)
                && agree(uri, other.uri)
                && agree(scheme.map(Telling::ofPage), other.scheme.map(Telling::ofPage));
    }

    /** The scheme of the page a WebSocket belongs to. */
    static String ofPage(String scheme) {
        return switch (scheme) {
            case "ws" -> "http";
            case "wss" -> "https";
            default -> scheme;
        };
    }

    private static Optional<Telling> parts(HeaderLine method, String url) {
        int colon = url.indexOf("://");
        int path = colon < 0 ? -1 : url.indexOf('/', colon + 3);
        if (path < 0) {
            return Optional.empty();
        }
        String scheme = url.substring(0, colon);
        String host = url.substring(colon + 3, path);
        String uri = url.substring(path);
        boolean wellFormed = Spelling.isScheme(scheme) && Spelling.isHost(host) && Spelling.isUri(uri);
        return wellFormed
                ? Optional.of(new Telling(
                        method.value(),
                        lower(Optional.of(scheme)),
                        lower(Optional.of(host)),
                        Optional.of(uri),
                        method.sound(),
                        true))
                : Optional.empty();
    }

    private static boolean agree(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private static Optional<String> lower(Optional<String> text) {
        return text.map(letters -> letters.toLowerCase(Locale.ROOT));
    }
}
