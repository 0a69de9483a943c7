package io.github.postern.fakes;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request as the container would hand it over, put together in one expression:
 * {@code FakeRequest.get("/oauth2/auth").header("X-Forwarded-Uri", "/x").from("10.0.0.1").toRequest()}.
 * Methods that no unit of ours should need throw.
 */
public final class FakeRequest {
    private record Header(String name, String value) {}

    private final List<Header> headers = new ArrayList<>();
    private final List<Cookie> cookies = new ArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final String method;
    private final String target;
    private String peer = "127.0.0.1";
    private String scheme = "http";

    private FakeRequest(String method, String target) {
        this.method = method;
        this.target = target;
    }

    /** A GET for a raw target, {@code /path?query}. */
    public static FakeRequest get(String target) {
        return of("GET", target);
    }

    /** Any method for a raw target, {@code /path?query}. */
    public static FakeRequest of(String method, String target) {
        return new FakeRequest(method, target);
    }

    /**
     * A user's request as it goes over the wire to the proxy: {@code METHOD scheme://host/path?query}, then one header a line.
     * It has {@code Host} and its own scheme.
     */
    public static FakeRequest parse(String text) {
        List<String> lines = text.strip().lines().toList();
        String[] start = lines.get(0).split(" ", 2);
        String[] url = start[1].split("://", 2);
        int path = url[1].indexOf('/');
        var request = of(start[0], url[1].substring(path)).over(url[0]).header("Host", url[1].substring(0, path));
        return request.headers(lines.stream().skip(1).toArray(String[]::new));
    }

    /** Adds one header line; the same name again is a second line. */
    public FakeRequest header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    /** Adds header lines as they look on the wire: {@code Name: value}. */
    public FakeRequest headers(String... lines) {
        for (String line : lines) {
            header(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        return this;
    }

    /** Takes away every line of a header. */
    public FakeRequest without(String name) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        return this;
    }

    /** Adds a cookie. */
    public FakeRequest cookie(String name, String value) {
        cookies.add(new Cookie(name, value));
        return this;
    }

    /** The address at the other end of the socket; {@code 127.0.0.1} unless told. */
    public FakeRequest from(String address) {
        peer = address;
        return this;
    }

    /** The connection's own scheme; {@code http} unless told. */
    public FakeRequest over(String ownScheme) {
        scheme = ownScheme;
        return this;
    }

    /** Adds the header lines of another request that the filter lets through. */
    FakeRequest headersOf(FakeRequest other, Predicate<String> lowerCaseNames) {
        other.headers.stream()
                .filter(header -> lowerCaseNames.test(header.name().toLowerCase(Locale.ROOT)))
                .forEach(headers::add);
        return this;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    String scheme() {
        return scheme;
    }

    /** The request as a servlet sees it. */
    public HttpServletRequest toRequest() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> answer(called, arguments == null ? new Object[0] : arguments));
    }

    private Object answer(Method called, Object[] arguments) {
        return switch (called.getName()) {
            case "getMethod" -> method;
            case "getRequestURI", "getServletPath" -> target.split("\\?", 2)[0];
            case "getContextPath" -> "";
            case "getPathInfo" -> null;
            case "getQueryString" -> target.contains("?") ? target.split("\\?", 2)[1] : null;
            case "getRequestURL" -> new StringBuffer(scheme + "://" + authority() + target.split("\\?", 2)[0]);
            case "getRemoteAddr", "getRemoteHost" -> peer;
            case "getScheme" -> scheme;
            case "isSecure" -> scheme.equals("https");
            case "getServerName" -> authority().replaceFirst(":[0-9]+$", "");
            case "getServerPort" -> port();
            case "getHeader" ->
                values((String) arguments[0]).stream().findFirst().orElse(null);
            case "getHeaders" -> Collections.enumeration(values((String) arguments[0]));
            case "getHeaderNames" -> Collections.enumeration(names());
            case "getContentType" -> values("Content-Type").stream().findFirst().orElse(null);
            case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
            case "getParameter" ->
                parameters((String) arguments[0]).stream().findFirst().orElse(null);
            case "getParameterValues" -> parameterValues((String) arguments[0]);
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "removeAttribute" -> attributes.remove((String) arguments[0]);
            case "toString" -> method + " " + target + " " + headers;
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> false;
            default -> throw new UnsupportedOperationException(called.getName());
        };
    }

    String authority() {
        return values("Host").stream().findFirst().orElse("localhost");
    }

    private int port() {
        return Optional.of(authority().replaceFirst("^.*:([0-9]+)$", "$1"))
                .filter(port -> port.matches("[0-9]+"))
                .map(Integer::valueOf)
                .orElse(scheme.equals("https") ? 443 : 80);
    }

    List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    private List<String> names() {
        return headers.stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private List<String> parameters(String name) {
        String query = target.contains("?") ? target.split("\\?", 2)[1] : "";
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decode(pair[0]).equals(name))
                .map(pair -> pair.length > 1 ? decode(pair[1]) : "")
                .toList();
    }

    private String[] parameterValues(String name) {
        List<String> values = parameters(name);
        return values.isEmpty() ? null : values.toArray(String[]::new);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
