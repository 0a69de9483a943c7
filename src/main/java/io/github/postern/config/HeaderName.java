package io.github.postern.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers an answer may carry about a user. */
final class HeaderName {
    /** RFC 9110, 5.6.2 */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** The connection's, the message's, the browser's, and what tells of the request itself. RFC 9110, 7.6.1 */
    private static final Set<String> TAKEN = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "date",
            "server",
            "location",
            "set-cookie",
            "cookie",
            "authorization",
            "www-authenticate",
            "cache-control",
            "expect",
            "forwarded",
            "x-real-ip");

    private static final Pattern TAKEN_FAMILY =
            Pattern.compile("(content|sec|access-control|x-forwarded|x-original|if)-.*");

    private HeaderName() {}

    /** What is wrong with it and how to mend it; empty when it may be used. */
    static Optional<String> wrong(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(name).matches()) {
            return Optional.of("is no header's name; use letters, digits and -");
        }
        return TAKEN.contains(lower) || TAKEN_FAMILY.matcher(lower).matches()
                ? Optional.of("means something else in HTTP; choose a name such as X-WEBAUTH-USER")
                : Optional.empty();
    }
}
