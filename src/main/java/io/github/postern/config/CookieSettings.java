package io.github.postern.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What our cookies look like and how long they live.
 *
 * @param name the session cookie's name; the others derive from it
 * @param secrets what seals the cookies; the first seals, all open
 * @param domains the {@code Domain} attributes without a leading dot, longest first; empty means the host of the request
 * @param path the {@code Path} attribute
 * @param secure the {@code Secure} attribute
 * @param httpOnly the {@code HttpOnly} attribute
 * @param sameSite {@code Lax}, {@code Strict}, {@code None}, or empty for no attribute
 * @param lifetime how long a session lasts after sign-in; zero means a browser session
 * @param refreshAfter age at which tokens are renewed; zero means never; shorter than {@code lifetime}
 * @param loginLifetime how long one login attempt may take
 * @param loginLimit how many login attempts one browser may have open; the oldest goes first
 * @param loginSameSite {@code SameSite} of the login cookies
 * @param idleTimeout how long a session lives without being used; zero means as long as any; shorter than {@code lifetime}
 */
public record CookieSettings(
        String name,
        List<SealingSecret> secrets,
        List<String> domains,
        String path,
        boolean secure,
        boolean httpOnly,
        String sameSite,
        Duration lifetime,
        Duration refreshAfter,
        Duration loginLifetime,
        int loginLimit,
        String loginSameSite,
        Duration idleTimeout) {
    public CookieSettings {
        secrets = List.copyOf(secrets);
        domains = List.copyOf(domains);
    }

    /**
     * The longest of {@code domains} whose cookies reach a host (RFC 6265bis 5.1.3).
     *
     * @param host without port, in lower case
     */
    public Optional<String> domainOf(String host) {
        return domains.stream()
                .filter(domain -> host.equals(domain) || host.endsWith("." + domain))
                .findFirst();
    }
}
