package io.github.postern.config;

/**
 * What an allowed request is told about the user.
 *
 * @param identity {@code X-Auth-Request-User, -Email, -Preferred-Username, -Groups}
 * @param accessToken {@code X-Auth-Request-Access-Token} ({@code pass-access-token})
 * @param authorization {@code Authorization: Bearer} with the ID token ({@code set-authorization-header})
 */
public record HeaderSettings(boolean identity, boolean accessToken, boolean authorization) {}
