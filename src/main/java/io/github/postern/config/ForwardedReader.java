package io.github.postern.config;

import static io.github.postern.config.Option.*;

import inet.ipaddr.IPAddress;
import io.github.postern.config.ForwardedSettings.ChallengeMode;
import io.github.postern.config.ForwardedSettings.Source;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills {@link ForwardedSettings}. */
final class ForwardedReader {
    private static final List<String> ADDRESS_HEADERS =
            List.of("X-Forwarded-For", "X-Real-IP", "X-ProxyUser-IP", "X-Envoy-External-Address", "CF-Connecting-IP");
    private static final Map<String, Source> SOURCES = Map.of(
            "x-forwarded", Source.X_FORWARDED, "x-original-url", Source.X_ORIGINAL_URL, "request", Source.REQUEST);
    private static final Map<String, ChallengeMode> CHALLENGES = Map.of(
            "auto", ChallengeMode.AUTO, "redirect", ChallengeMode.REDIRECT, "status-only", ChallengeMode.STATUS_ONLY);

    private final Values values;
    private final Findings findings;

    ForwardedReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /**
     * @param redirectUrl its host may be returned to
     * @param cookieDomains their hosts may be returned to
     */
    ForwardedSettings read(Optional<URI> redirectUrl, List<String> cookieDomains) {
        return new ForwardedSettings(
                Choice.read(FORWARDED_SOURCE, SOURCES, values, findings),
                Choice.read(AUTH_CHALLENGE, CHALLENGES, values, findings),
                trustedProxies(),
                addressHeader(),
                new ReturnDomains(values, findings).read(redirectUrl, cookieDomains));
    }

    private List<IPAddress> trustedProxies() {
        List<IPAddress> named = Networks.read(TRUSTED_PROXY_IP, values, findings);
        if (!named.isEmpty()) {
            return named;
        }
        findings.note("What a proxy tells of the user's request is believed from loopback and private addresses ("
                + String.join(", ", Networks.PRIVATE)
                + "), since trusted-proxy-ip is not set; name your proxies there.");
        return Networks.PRIVATE.stream()
                .flatMap(text -> Networks.parse(text).stream())
                .toList();
    }

    private String addressHeader() {
        String name = values.text(REAL_CLIENT_IP_HEADER);
        return ADDRESS_HEADERS.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseGet(() -> {
                    findings.mistake(
                            REAL_CLIENT_IP_HEADER,
                            Quoted.of(name) + " is not one of " + String.join(", ", ADDRESS_HEADERS));
                    return name;
                });
    }
}
