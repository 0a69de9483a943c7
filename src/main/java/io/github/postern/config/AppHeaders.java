package io.github.postern.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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

    public AppHeaders {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }
}
