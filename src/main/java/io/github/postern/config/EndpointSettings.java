package io.github.postern.config;

import java.util.Optional;

/**
 * Where our own paths lie.
 *
 * @param prefix {@code proxy-prefix}: starts with a slash, does not end with one
 * @param pingPath the liveness probe's path
 * @param pingUserAgent the only {@code User-Agent} the liveness probe answers, if any
 * @param readyPath the readiness probe's path
 * @param upstreamStatus the code of {@code upstream=static://CODE}, answered by the catch-all
 * @param skipProviderButton whether the sign-in page goes straight to the provider
 */
public record EndpointSettings(
        String prefix,
        String pingPath,
        Optional<String> pingUserAgent,
        String readyPath,
        int upstreamStatus,
        boolean skipProviderButton) {}
