package io.github.postern.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of headers that an operator may choose for what apps are told. */
final class HeaderName {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}"); // RFC 9110, 5.6.2

    private static final Pattern SECRET = Pattern.compile(
            ".*(authori[sz]ation|cookie|token|secret|passw|api-?key|credential|jwt).*|www-authenticate");

    /** They rule the message, the connection, the browser or a cache, or tell apps of the request. */
    private static final Set<String> TAKEN = words("""
            age allow alt-svc authorization cache-control clear-site-data connection cookie date etag expect expires forwarded from
            host http2-settings keep-alive last-modified link location max-forwards origin pragma range referer refresh retry-after
            server set-cookie set-cookie2 strict-transport-security te trailer transfer-encoding upgrade user-agent vary via warning
            www-authenticate x-content-type-options x-forwarded-for x-forwarded-host x-forwarded-method x-forwarded-port
            x-forwarded-prefix x-forwarded-proto x-forwarded-server x-forwarded-uri x-frame-options x-http-method-override
            x-original-method x-original-uri x-original-url x-real-ip x-rewrite-url""");

    private static final List<String> TAKEN_FAMILIES =
            List.of("accept", "access-control-", "content-", "if-", "proxy-", "sec-");
    private static final Set<String> OURS = words("""
            gap-auth x-auth-request-access-token x-auth-request-email x-auth-request-groups x-auth-request-preferred-username
            x-auth-request-redirect x-auth-request-user""");

    private HeaderName() {}

    /** What is wrong with a name, as words that follow it, and the cure; empty when nothing is. */
    static Optional<String> fault(String name) {
        if (!TOKEN.matcher(name).matches()) {
            return Optional.of("is no header name; use letters, digits and - only, such as X-Department");
        }
        String folded = folded(name);
        if (OURS.contains(folded)) {
            return Optional.of("is a header that Postern writes itself; choose another name");
        }
        boolean taken = TAKEN.contains(folded) || TAKEN_FAMILIES.stream().anyMatch(folded::startsWith);
        return taken
                ? Optional.of("has a meaning of its own in HTTP; choose a name such as X-Department")
                : Optional.empty();
    }

    /** Whether what such a header carries lets whoever reads it act as somebody else. */
    static boolean mayHoldSecrets(String name) {
        return SECRET.matcher(folded(name)).matches();
    }

    /** The name as apps read it: most make one of {@code X_User} and {@code x-user}. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+"));
    }
}
