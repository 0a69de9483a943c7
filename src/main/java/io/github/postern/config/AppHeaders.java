package io.github.postern.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The headers one app wants beside or instead of the usual ones.
 *
 * @param userIdClaim the claim that {@code X-Auth-Request-User} carries: {@code sub}, {@code preferred_username} or {@code email};
 *     empty for what the global options say
 * @param claims header names, each with the claim it carries, in the order they were written
 */
public record AppHeaders(String userIdClaim, Map<String, String> claims) {
    /** Nothing of its own. */
    public static final AppHeaders NONE = new AppHeaders("", Map.of());

    /** Claims that every session has, under these names. */
    private static final Set<String> ALWAYS_KEPT = Set.of("sub", "user", "email", "preferred_username", "groups");

    public AppHeaders {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** The claims that a session has to keep for the sake of these headers. */
    public Set<String> furtherClaims() {
        return claims.values().stream()
                .filter(claim -> !ALWAYS_KEPT.contains(claim))
                .collect(Collectors.toUnmodifiableSet());
    }
}
