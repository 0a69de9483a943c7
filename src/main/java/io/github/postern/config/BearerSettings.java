package io.github.postern.config;

import java.util.List;

/**
 * Which bearer tokens stand in for a session.
 *
 * @param accepted whether any do ({@code skip-jwt-bearer-tokens}); if not, no {@code Authorization} header is looked at
 * @param extraIssuers whose tokens count besides the provider's
 * @param loginFallback whether a bad token counts as none, so that a session beside it is looked at
 */
public record BearerSettings(boolean accepted, List<ExtraIssuer> extraIssuers, boolean loginFallback) {
    public BearerSettings {
        extraIssuers = List.copyOf(extraIssuers);
    }

    /**
     * One more issuer of bearer tokens.
     *
     * @param issuer as its tokens spell it in {@code iss}
     * @param audience whom its tokens must be meant for
     */
    public record ExtraIssuer(String issuer, String audience) {}
}
