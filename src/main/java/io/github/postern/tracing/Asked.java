package io.github.postern.tracing;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A request that reached us; without its path, which may be one of a user's own app, and hold a name or a token.
 *
 * @param method as it was sent
 * @param route the pattern of ours that its path matches
 * @param scheme {@code http} or {@code https}, as the user came
 * @param host as the user typed it
 * @param userAgent the user's program; empty where it is not known
 * @param headers what the headers say whose sender may name the trace that this request belongs to
 */
public record Asked(
        String method,
        String route,
        String scheme,
        String host,
        String userAgent,
        Function<String, Optional<String>> headers) {
    /** RFC 9110 and PATCH: others would let strangers make names up. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private static final int LONGEST = 300;

    public Asked {
        host = cut(host);
        userAgent = cut(userAgent);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** One of few. */
    String knownMethod() {
        return METHODS.contains(method) ? method : "_OTHER";
    }

    /** The path, where the route names one and no more; ours then. */
    Optional<String> path() {
        return route.endsWith("*") ? Optional.empty() : Optional.of(route);
    }

    /** What the span is called; one of few. */
    String name() {
        return (METHODS.contains(method) ? method : "HTTP") + " " + route;
    }
}
