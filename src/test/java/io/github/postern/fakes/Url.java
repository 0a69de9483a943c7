package io.github.postern.fakes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address as browsers understand it (WHATWG URL, not RFC 3986): tabs and line ends vanish, a backslash is a slash, any number of
 * slashes after the scheme introduces the host. Open redirects live in the difference.
 *
 * @param scheme lower case
 * @param host lower case, without user information; empty for a scheme that has none
 * @param port -1 when it is not named
 * @param path never empty, raw, without the query
 * @param query with its question mark, raw, or empty
 * @param fragment with its hash sign, raw, or empty
 */
public record Url(String scheme, String host, int port, String path, String query, String fragment) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("[/\\\\]*([^/\\\\?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern REST = Pattern.compile("([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);

    /** @param address absolute, as it stands in an address bar or a {@code Location} */
    public static Url of(String address) {
        var scheme = SCHEME.matcher(clean(address));
        if (!scheme.matches()) {
            throw new IllegalArgumentException("not absolute: " + address);
        }
        var name = scheme.group(1).toLowerCase(Locale.ROOT);
        if (!name.equals("http") && !name.equals("https")) {
            return new Url(name, "", -1, scheme.group(2), "", "");
        }
        var authority = AUTHORITY.matcher(scheme.group(2));
        authority.matches();
        return withAuthority(name, authority.group(1), authority.group(2));
    }

    /** Where a browser that is here goes when it is told to go there. */
    public Url resolve(String location) {
        var there = clean(location);
        if (SCHEME.matcher(there).matches()) {
            return of(there);
        }
        if (there.matches("(?s)[/\\\\]{2}.*")) {
            return of(scheme + ":" + there);
        }
        var base = there.startsWith("/") || there.startsWith("\\") ? "" : path.substring(0, path.lastIndexOf('/') + 1);
        return withRest(scheme, host, port, base + there);
    }

    /** Scheme, host and port. */
    public String origin() {
        return scheme + "://" + host + (port < 0 ? "" : ":" + port);
    }

    /** The request target: path and query. */
    public String target() {
        return path + query;
    }

    @Override
    public String toString() {
        return host.isEmpty() ? scheme + ":" + path : origin() + path + query + fragment;
    }

    private static Url withAuthority(String scheme, String authority, String rest) {
        var hostPort = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        int colon = hostPort.lastIndexOf(':');
        boolean named = colon > hostPort.lastIndexOf(']')
                && hostPort.substring(colon + 1).matches("[0-9]{1,5}");
        return withRest(
                scheme,
                ascii(named ? hostPort.substring(0, colon) : hostPort),
                named ? Integer.parseInt(hostPort.substring(colon + 1)) : -1,
                rest);
    }

    private static Url withRest(String scheme, String host, int port, String rest) {
        var parts = REST.matcher(rest);
        parts.matches();
        var path = parts.group(1).replace('\\', '/');
        return new Url(
                scheme,
                host,
                port,
                path.startsWith("/") ? path : "/" + path,
                parts.group(2) == null ? "" : parts.group(2),
                parts.group(3) == null ? "" : parts.group(3));
    }

    /** Full-width letters and dots, ideographic full stops and percent-encoding all become what the resolver is asked for. */
    private static String ascii(String host) {
        try {
            var decoded = URLDecoder.decode(host.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Normalizer.normalize(decoded, Normalizer.Form.NFKC)
                    .replaceAll("[\\u3002\\uFF0E\\uFF61]", ".")
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    private static String clean(String address) {
        return address.replaceAll("[\\t\\r\\n]", "").replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", "");
    }
}
