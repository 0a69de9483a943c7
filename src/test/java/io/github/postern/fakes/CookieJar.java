package io.github.postern.fakes;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** A browser's cookies: domain, path, secure, expiry and order as RFC 6265bis section 5.7 and 5.8 say. */
public final class CookieJar {
    private final InstantSource clock;
    private final List<Cookie> cookies = new ArrayList<>();

    /** One stored cookie; {@code hostOnly} when the server gave no {@code Domain}. */
    public record Cookie(
            String name, String value, String domain, boolean hostOnly, String path, boolean secure, Instant expires) {}

    public CookieJar(InstantSource clock) {
        this.clock = clock;
    }

    /** Stores what a server at this address sets; a domain that does not cover its host is ignored. */
    public synchronized void store(Url address, List<SetCookie> lines) {
        for (var line : lines) {
            var host = address.host();
            var domain = line.attribute("Domain")
                    .map(each -> each.toLowerCase(Locale.ROOT).replaceFirst("^\\.", ""))
                    .orElse("");
            var secure = line.attribute("Secure").isPresent();
            if ((!domain.isEmpty() && !covers(domain, host)) || (secure && !isSecure(address))) {
                continue;
            }
            put(new Cookie(
                    line.name(),
                    line.value(),
                    domain.isEmpty() ? host : domain,
                    domain.isEmpty(),
                    line.attribute("Path").filter(path -> path.startsWith("/")).orElse("/"),
                    secure,
                    line.maxAge().map(clock.instant()::plusSeconds).orElse(Instant.MAX)));
        }
    }

    /** Puts a cookie in by hand, as an attacker with a sibling host can. */
    public synchronized void put(Cookie cookie) {
        cookies.removeIf(each -> each.name().equals(cookie.name())
                && each.domain().equals(cookie.domain())
                && each.path().equals(cookie.path()));
        if (cookie.expires().isAfter(clock.instant())) {
            cookies.add(cookie);
        }
    }

    /** The cookies a request to this address carries, longer paths first. */
    public synchronized List<Cookie> matching(Url address) {
        var now = clock.instant();
        return cookies.stream()
                .filter(cookie -> cookie.expires().isAfter(now))
                .filter(cookie -> cookie.hostOnly()
                        ? cookie.domain().equals(address.host())
                        : covers(cookie.domain(), address.host()))
                .filter(cookie -> within(cookie.path(), address.path()))
                .filter(cookie -> !cookie.secure() || isSecure(address))
                .sorted(Comparator.comparing(cookie -> -cookie.path().length()))
                .toList();
    }

    public synchronized List<Cookie> all() {
        return List.copyOf(cookies);
    }

    public synchronized void removeIf(Predicate<Cookie> unwanted) {
        cookies.removeIf(unwanted);
    }

    private static boolean isSecure(Url address) {
        return address.scheme().equals("https");
    }

    private static boolean covers(String domain, String host) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean within(String cookiePath, String path) {
        return path.equals(cookiePath)
                || (path.startsWith(cookiePath)
                        && (cookiePath.endsWith("/") || path.charAt(cookiePath.length()) == '/'));
    }
}
