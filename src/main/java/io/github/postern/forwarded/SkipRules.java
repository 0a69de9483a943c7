package io.github.postern.forwarded;

import io.github.postern.config.AdmissionSettings;
import java.util.List;
import java.util.Optional;

/** Which requests pass without a session, because the operator said so. Any doubt about the request is a no. */
public final class SkipRules {
    private final List<RouteRule> routes;
    private final boolean preflight;
    private final TrustedPeers clients;
    private final boolean any;

    public SkipRules(AdmissionSettings settings) {
        this.routes = settings.skipRoutes().stream().map(RouteRule::new).toList();
        this.preflight = settings.skipPreflight();
        this.clients = new TrustedPeers(settings.trustedClients());
        this.any = preflight || !routes.isEmpty() || !settings.trustedClients().isEmpty();
    }

    /** Whether a rule lets this request pass without a session; never when it is not certain what was asked. */
    public boolean grants(ForwardedRequest asked) {
        return granting(asked).isPresent();
    }

    /** The option that lets this request pass without a session. */
    public Optional<String> granting(ForwardedRequest asked) {
        if (!any || !asked.certain()) {
            return Optional.empty();
        }
        if (preflight && asked.preflight()) {
            return Optional.of("skip-auth-preflight");
        }
        if (asked.client().filter(clients::trusts).isPresent()) {
            return Optional.of("trusted-ip");
        }
        return grantsRoute(asked) ? Optional.of("skip-auth-route") : Optional.empty();
    }

    private boolean grantsRoute(ForwardedRequest asked) {
        if (routes.isEmpty()) {
            return false;
        }
        List<String> paths = asked.routePaths();
        return !paths.isEmpty()
                && routes.stream().anyMatch(rule -> paths.stream().allMatch(path -> rule.grants(asked.method(), path)));
    }
}
