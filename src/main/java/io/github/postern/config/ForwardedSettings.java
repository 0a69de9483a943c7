package io.github.postern.config;

import inet.ipaddr.IPAddress;
import java.util.List;

/**
 * Whom we believe about the user's request, and how to answer it.
 *
 * @param source which headers tell of the user's request
 * @param challenge how requests without a session are answered
 * @param trustedProxies networks whose word about the user's request is believed
 * @param clientAddressHeader the header with the user's address, for example {@code X-Real-IP}
 * @param returnDomains where a login may return to: {@code host} or {@code .host} (and subdomains), either with {@code :port} or
 *     {@code :*}; lower case; holds {@code whitelist-domain}, the cookie domains and the host of {@code redirect-url}, these also with
 *     its port if that is not the scheme's
 */
public record ForwardedSettings(
        Source source,
        ChallengeMode challenge,
        List<IPAddress> trustedProxies,
        String clientAddressHeader,
        List<String> returnDomains) {
    public ForwardedSettings {
        trustedProxies = List.copyOf(trustedProxies);
        returnDomains = List.copyOf(returnDomains);
    }

    /** Which headers tell of the user's request; the option {@code forwarded-source}. */
    public enum Source {
        /** {@code X-Forwarded-Method, -Proto, -Host, -Uri}: Traefik, Caddy, HAProxy, nginx as documented. */
        X_FORWARDED,
        /** {@code X-Original-URL} and {@code X-Original-Method}: ingress-nginx. */
        X_ORIGINAL_URL,
        /** The request line and {@code Host} themselves: Envoy's ext_authz. */
        REQUEST
    }

    /** How a request without a session is answered; the option {@code auth-challenge}. */
    public enum ChallengeMode {
        /** 302 where the proxy passes it on and a page was asked for, else 401. */
        AUTO,
        /** 302 for page navigations behind any proxy. */
        REDIRECT,
        /** 401 always, with {@code Location} for page navigations. */
        STATUS_ONLY
    }
}
