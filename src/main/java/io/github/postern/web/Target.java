package io.github.postern.web;

import java.net.URI;

/**
 * Where a button leads when its work is done; the caller has checked that we may send people there.
 *
 * @param url an absolute URL or a path; {@code /} means nowhere in particular
 */
public record Target(String url) {
    /** Nowhere in particular. */
    public static final Target HOME = new Target("/");

    /** Whether it is worth a link of its own. */
    public boolean known() {
        return !url.equals("/");
    }

    /** The host people would read in the address bar; empty for a path. */
    public String host() {
        if (!url.startsWith("http")) {
            return "";
        }
        try {
            var authority = URI.create(url).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException notAsJavaReadsIt) {
            return ""; // browsers allow more than RFC 3986; the page then names no host
        }
    }
}
