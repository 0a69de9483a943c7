package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Fills {@link AdmissionSettings}. */
final class AdmissionReader {
    private final Values values;
    private final Findings findings;

    AdmissionReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    AdmissionSettings read() {
        var routes = new SkipRoutes(values, findings);
        return new AdmissionSettings(
                emailDomains(),
                allowedGroups(),
                routes.read(),
                values.isOn(SKIP_AUTH_PREFLIGHT),
                Networks.read(TRUSTED_IP, values, findings));
    }

    private List<String> emailDomains() {
        List<String> domains = values.list(EMAIL_DOMAIN).stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
        boolean listed = values.textIfAny(AUTHENTICATED_EMAILS_FILE)
                .or(() -> values.textIfAny(HTPASSWD_FILE))
                .isPresent();
        if (domains.isEmpty() && !listed) {
            findings.mistake(
                    EMAIL_DOMAIN,
                    "is missing, and so are authenticated-emails-file and htpasswd-file; name the domains that may sign"
                            + " in, or * for all");
        }
        domains.stream()
                .filter(domain -> !isEmailDomain(domain))
                .forEach(domain -> findings.mistake(
                        EMAIL_DOMAIN,
                        Quoted.of(domain) + " is neither * nor a domain such as akko.local or .akko.local"));
        tellIdleList(domains);
        return domains;
    }

    /** The list is read besides the domains, and so keeps nobody out, which is not what a list is for. */
    private void tellIdleList(List<String> domains) {
        if (domains.contains("*") && values.textIfAny(AUTHENTICATED_EMAILS_FILE).isPresent()) {
            findings.weak("authenticated-emails-file keeps nobody out: email-domain=* admits every address; remove"
                    + " email-domain, and only the listed may pass.");
        }
    }

    private static boolean isEmailDomain(String domain) {
        return domain.equals("*") || HostName.isDomain(domain.replaceFirst("^\\*?\\.", ""));
    }

    private List<String> allowedGroups() {
        List<String> roles = values.list(ALLOWED_ROLE);
        if (!roles.isEmpty() && values.text(PROVIDER).equals("oidc")) {
            // without Keycloak's roles nobody would pass, and dropping the rule would let everybody pass
            findings.mistake(ALLOWED_ROLE, "works with provider=keycloak-oidc only; use allowed-group");
        }
        return Stream.concat(values.list(ALLOWED_GROUP).stream(), roles.stream().map(role -> "role:" + role))
                .distinct()
                .toList();
    }
}
