package io.github.postern.login;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a browser goes when a page of ours answers with a {@code Location}: the parts of the WHATWG URL standard that decide about
 * the host, written without a look at the code under test. Lenient where browsers differ.
 *
 * @param scheme in lower case
 * @param host in lower case and ASCII; empty for a scheme without hosts
 * @param port empty for the scheme's own
 * @param rest path, query and fragment, unresolved
 */
record BrowserUrl(String scheme, String host, String port, String rest) {
    private static final BrowserUrl BASE = new BrowserUrl("https", "akko.local", "", "/oauth2/callback");
    private static final Set<String> SPECIAL = Set.of("http", "https", "ws", "wss", "ftp");

    /** @return empty where a browser refuses to go anywhere */
    static Optional<BrowserUrl> follow(String location) {
        String text = trimmed(location).replaceAll("[\\t\\n\\r]", "");
        int colon = text.indexOf(':');
        if (colon < 1 || !text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            return relative(text);
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String after = text.substring(colon + 1);
        if (!SPECIAL.contains(scheme)) {
            return Optional.of(new BrowserUrl(scheme, "", "", after));
        }
        // "https:path" is relative to a page of the same scheme; with any other scheme, or any slash, an authority
        // follows
        return scheme.equals(BASE.scheme()) && !isSlash(after, 0)
                ? relative(after)
                : authority(scheme, skipSlashes(after));
    }

    /** Whether it is a page of ours: the host itself or one below it, on the usual port. */
    boolean isOurs() {
        return (scheme.equals("https") || scheme.equals("http"))
                && (host.equals("akko.local") || host.endsWith(".akko.local"))
                && port.isEmpty();
    }

    /** The path as a lenient server would route it. */
    String lenientPath() {
        String path = rest.split("[?#]", 2)[0];
        for (int round = 0; round < 4; round++) {
            path = decoded(path);
        }
        return path.replaceAll(";[^/]*", "").replaceAll("[/\\\\]+", "/").toLowerCase(Locale.ROOT);
    }

    private static Optional<BrowserUrl> relative(String text) {
        if (isSlash(text, 0) && isSlash(text, 1)) {
            return authority(BASE.scheme(), skipSlashes(text));
        }
        return Optional.of(new BrowserUrl(BASE.scheme(), BASE.host(), "", text));
    }

    private static Optional<BrowserUrl> authority(String scheme, String text) {
        String authority = text.split("[/\\\\?#]", 2)[0];
        String rest = text.substring(authority.length());
        String site = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = site.startsWith("[") ? site.indexOf(':', Math.max(0, site.indexOf(']'))) : site.indexOf(':');
        String port = colon < 0 ? "" : site.substring(colon + 1).replaceFirst("^0+(?=.)", "");
        boolean usual = port.equals(scheme.equals("https") ? "443" : "80");
        return host(colon < 0 ? site : site.substring(0, colon))
                .filter(name -> port.matches("[0-9]*"))
                .map(name -> new BrowserUrl(scheme, name, usual ? "" : port, rest));
    }

    private static Optional<String> host(String raw) {
        try {
            String name = IDN.toASCII(decoded(raw), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return name.isEmpty() || name.matches(".*[\\x00-\\x20#/<>?@\\\\^|%].*")
                    ? Optional.empty()
                    : Optional.of(name);
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(
                text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25").replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String skipSlashes(String text) {
        int index = 0;
        while (isSlash(text, index)) {
            index++;
        }
        return text.substring(index);
    }

    private static boolean isSlash(String text, int index) {
        return index < text.length() && (text.charAt(index) == '/' || text.charAt(index) == '\\');
    }

    private static String trimmed(String text) {
        return text.replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", "");
    }
}
