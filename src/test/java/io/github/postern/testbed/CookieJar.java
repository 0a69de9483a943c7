package io.github.postern.testbed;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A browser's cookies, by the rules that matter here: Domain, Path, Secure, deletion by Max-Age or Expires. RFC 6265 §5.
 *
 * <p>The JDK's own jar keeps Keycloak's {@code Secure} cookies from plain http on localhost, where browsers send them.
 */
public final class CookieJar {
    /** One cookie; a {@code domain} that does not start with a dot is one host only. */
    public record Cookie(String name, String value, String domain, String path, boolean secure) {
        private boolean goesTo(URI address) {
            var host = address.getHost();
            var toHost = domain.startsWith(".")
                    ? host.endsWith(domain) || host.equals(domain.substring(1))
                    : host.equals(domain);
            var asked = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
            var below = path.endsWith("/") ? path : path + "/";
            return toHost && (asked.equals(path) || asked.startsWith(below)) && (!secure || trustworthy(address));
        }

        private boolean replaces(Cookie other) {
            return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
        }
    }

    private final List<Cookie> kept = new ArrayList<>();

    /** All cookies. */
    public synchronized List<Cookie> all() {
        return List.copyOf(kept);
    }

    /** Forgets every cookie. */
    public synchronized void clear() {
        kept.clear();
    }

    /** The Cookie header for an address; empty without cookies. */
    public synchronized String header(URI address) {
        return kept.stream()
                .filter(cookie -> cookie.goesTo(address))
                .map(cookie -> cookie.name + "=" + cookie.value)
                .collect(Collectors.joining("; "));
    }

    /** Takes what an answer set, as far as its sender may. */
    public synchronized void take(URI address, List<String> lines) {
        for (var line : lines) {
            var cookie = parse(address, line);
            if (cookie.goesTo(address.resolve(cookie.path)) && !(cookie.secure && !trustworthy(address))) {
                kept.removeIf(cookie::replaces);
                if (!over(line)) {
                    kept.add(cookie);
                }
            }
        }
    }

    private static Cookie parse(URI address, String line) {
        var pair = line.split(";")[0].split("=", 2);
        var domain = attribute(line, "domain")
                .map(name -> "." + name.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT))
                .orElse(address.getHost());
        var path = attribute(line, "path").orElse("/");
        var secure = Stream.of(line.split(";")).anyMatch(part -> part.strip().equalsIgnoreCase("secure"));
        return new Cookie(pair[0].strip(), pair[1].strip(), domain, path, secure);
    }

    private static boolean over(String line) {
        return attribute(line, "max-age")
                .map(age -> Long.parseLong(age) <= 0)
                .orElseGet(() -> attribute(line, "expires")
                        .map(date -> date.contains("1970"))
                        .orElse(false));
    }

    private static Optional<String> attribute(String line, String name) {
        return Stream.of(line.split(";"))
                .skip(1)
                .map(part -> part.strip().split("=", 2))
                .filter(part -> part.length == 2 && part[0].equalsIgnoreCase(name))
                .map(part -> part[1].replaceAll("^\"|\"$", ""))
                .findFirst();
    }

    private static boolean trustworthy(URI address) {
        return address.getScheme().equals("https") || address.getHost().endsWith("localhost");
    }
}
