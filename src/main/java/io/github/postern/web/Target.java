package io.github.postern.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where a button leads when its work is done; the caller has checked that we may send people there.
 *
 * @param url an absolute URL or a path; {@code /} means nowhere in particular
 */
public record Target(String url) {
    /** Nowhere in particular. */
    public static final Target HOME = new Target("/");

    private static final Pattern ORIGIN = Pattern.compile("https?://([^/?#\\\\@]++)(?=[/?#]|$)");
    private static final int SHORT_BYTES = 600;

    /** The host (and port) people would read in the address bar; empty for a path. */
    public String host() {
        var origin = ORIGIN.matcher(url);
        return origin.lookingAt() ? origin.group(1) : "";
    }

    /** As a query parameter's value. */
    public String encoded() {
        return URLEncoder.encode(url, StandardCharsets.UTF_8);
    }

    /** The same, or where a long address would take too much of a small page, the start page of its host. */
    Target shortened() {
        if (HtmlText.bytes(encoded()) <= SHORT_BYTES && HtmlText.bytes(url) <= SHORT_BYTES) {
            return this;
        }
        var origin = ORIGIN.matcher(url);
        return origin.lookingAt() && origin.group().length() <= SHORT_BYTES ? new Target(origin.group() + "/") : HOME;
    }
}
