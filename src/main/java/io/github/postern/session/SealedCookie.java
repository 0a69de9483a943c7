package io.github.postern.session;

import io.github.postern.config.CookieSettings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes, reads and deletes our cookies: the same {@code Path}, {@code Domain} and attributes at every step, because they
 * come from the same fields (RFC 6265bis 5.7).
 */
final class SealedCookie {
    /** In one answer, whose headers are bounded: a sibling host could plant hundreds. The rest goes with the next answers. */
    static final int MOST_DELETED = 30;

    private static final String SET_COOKIE = "Set-Cookie";
    private final CookieSettings settings;
    private final Function<HttpServletRequest, String> userHost;
    private final String path;
    private final String sameSite;

    /** @param userHost the host in the user's address bar, without port */
    SealedCookie(CookieSettings settings, Function<HttpServletRequest, String> userHost, String path, String sameSite) {
        this.settings = settings;
        this.userHost = userHost;
        this.path = path;
        this.sameSite = sameSite;
    }

    /** All values the browser sent under {@code name}; a sibling host may have planted some of them. */
    static List<String> values(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>(1);
        for (Cookie cookie : cookies) { // a loop, because every check comes here
            if (cookie.getName().equals(name)) {
                values.add(cookie.getValue());
            }
        }
        return values;
    }

    /** The names of all cookies the browser sent, also of those whose value the container could not read and left out. */
    static Stream<String> names(HttpServletRequest request) {
        Stream<String> raw = Collections.list(request.getHeaders("Cookie")).stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .filter(pair -> pair.indexOf('=') > 0)
                .map(pair -> pair.substring(0, pair.indexOf('=')).strip());
        return Stream.concat(cookies(request).map(Cookie::getName), raw).distinct();
    }

    private static Stream<Cookie> cookies(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? Stream.empty() : Stream.of(cookies);
    }

    /** @param lifetime zero for a cookie that ends with the browser */
    void write(HttpServletRequest request, HttpServletResponse response, Named cookie, Duration lifetime) {
        String age = lifetime.isZero() ? "" : "; Max-Age=" + lifetime.toSeconds();
        put(response, cookie.name(), cookie.name() + "=" + cookie.value() + age + attributes(request));
    }

    void delete(HttpServletRequest request, HttpServletResponse response, String name) {
        put(response, name, name + "=; Max-Age=0" + attributes(request));
    }

    /** Takes away those of the browser's cookies that are ours; see {@link #MOST_DELETED}. */
    void deleteAll(HttpServletRequest request, HttpServletResponse response, Predicate<String> isOurs) {
        names(request).filter(isOurs).limit(MOST_DELETED).forEach(name -> delete(request, response, name));
    }

    private String attributes(HttpServletRequest request) {
        var text = new StringBuilder("; Path=").append(path);
        String domain = domain(request);
        if (!domain.isEmpty()) {
            text.append("; Domain=").append(domain);
        }
        if (settings.secure()) {
            text.append("; Secure");
        }
        if (settings.httpOnly()) {
            text.append("; HttpOnly");
        }
        if (!sameSite.isEmpty()) {
            text.append("; SameSite=").append(sameSite);
        }
        return text.toString();
    }

    /** The longest configured domain that covers the user's host; else the shortest, as oauth2-proxy chooses. */
    private String domain(HttpServletRequest request) {
        List<String> domains = settings.domains();
        if (domains.isEmpty()) {
            return "";
        }
        return settings.domainOf(userHost.apply(request)).orElseGet(() -> domains.get(domains.size() - 1));
    }

    /** The last word counts: a cookie is named at most once in an answer (RFC 6265bis 4.1.1). */
    private static void put(HttpServletResponse response, String name, String header) {
        List<String> others = new ArrayList<>(response.getHeaders(SET_COOKIE));
        boolean replaced = others.removeIf(other -> other.startsWith(name + "="));
        if (!replaced) {
            response.addHeader(SET_COOKIE, header);
            return;
        }
        response.setHeader(SET_COOKIE, header);
        others.forEach(other -> response.addHeader(SET_COOKIE, other));
    }

    /** A cookie's name and value. */
    record Named(String name, String value) {}
}
