package io.github.postern.config;

import java.util.List;

/**
 * Whom tokens must be meant for, besides the client itself.
 *
 * @param claims the claims that may hold the audience; the first of these that a token has decides
 * @param extra audiences accepted besides our own
 */
public record AudienceSettings(List<String> claims, List<String> extra) {
    private static final List<String> USUAL = List.of("aud");

    public AudienceSettings {
        claims = List.copyOf(claims);
        extra = List.copyOf(extra);
    }

    /** Whether the audience is what OpenID Connect Core 2 says it is: {@code aud} holds our client id. */
    public boolean areUsual() {
        return claims.equals(USUAL) && extra.isEmpty();
    }
}
