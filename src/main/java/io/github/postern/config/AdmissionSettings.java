package io.github.postern.config;

import com.google.re2j.Pattern;
import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who may pass, with and without signing in.
 *
 * @param emailDomains {@code *} for everyone, a domain, or {@code .domain} / {@code *.domain} for its subdomains; lower case
 * @param allowedGroups any one of these groups is needed; roles stand here as {@code role:NAME}; empty means no such rule
 * @param skipRoutes requests that pass without a session
 * @param skipPreflight whether CORS preflight requests pass without a session
 * @param trustedClients addresses whose requests pass without a session ({@code trusted-ip})
 */
public record AdmissionSettings(
        List<String> emailDomains,
        List<String> allowedGroups,
        List<SkipRoute> skipRoutes,
        boolean skipPreflight,
        List<IPAddress> trustedClients) {
    public AdmissionSettings {
        emailDomains = List.copyOf(emailDomains);
        allowedGroups = List.copyOf(allowedGroups);
        skipRoutes = List.copyOf(skipRoutes);
        trustedClients = List.copyOf(trustedClients);
    }

    /**
     * One {@code skip-auth-route}: {@code METHOD=regex}, {@code METHOD!=regex}, {@code !=regex} or {@code regex}.
     *
     * @param method the method it speaks of, or empty for all
     * @param negated whether it means the paths that do not match
     * @param path the RE2 pattern, found anywhere in the path unless anchored
     */
    public record SkipRoute(Optional<String> method, boolean negated, Pattern path) {}
}
