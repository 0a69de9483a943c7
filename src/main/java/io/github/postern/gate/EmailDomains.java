package io.github.postern.gate;

import io.github.postern.config.EmailList;
import java.util.List;
import java.util.Locale;

/**
 * A list of e-mail domains: {@code name}, or {@code .name} and {@code *.name} for its subdomains.
 *
 * @param domains in lower case
 * @param everybody whether {@code *} is among them and means every address, even none
 * @param parents whether {@code .name} means the name itself too
 */
record EmailDomains(List<String> domains, boolean everybody, boolean parents) {
    /** As {@code email-domain} means it: {@code *} for everybody, and {@code .name} not for the name itself. */
    static EmailDomains ofOption(List<String> domains) {
        return new EmailDomains(lower(domains), domains.contains("*"), false);
    }

    /** As {@code allowed_email_domains} means it: {@code .name} for the name itself too, and {@code *} for nobody. */
    static EmailDomains ofQuery(List<String> domains) {
        return new EmailDomains(lower(domains), false, true);
    }

    private static List<String> lower(List<String> domains) {
        return domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
    }

    boolean admit(String email) {
        return everybody || admits(domains, parents, email);
    }

    /**
     * As access rules mean it: {@code .name} for the name itself too.
     *
     * @param domains in lower case
     */
    static boolean admits(List<String> domains, String email) {
        return admits(domains, true, email);
    }

    /** Exactly one {@code @}: in {@code a@evil.example@akko.local} it is anybody's guess which domain counts. */
    private static boolean admits(List<String> domains, boolean parents, String email) {
        int at = email.indexOf('@');
        if (at < 1 || at != email.lastIndexOf('@')) {
            return false;
        }
        String domain = EmailList.asciiLower(email.substring(at + 1));
        return domains.stream().anyMatch(allowed -> covers(allowed, parents, domain));
    }

    private static boolean covers(String allowed, boolean parents, String domain) {
        String parent = allowed.startsWith("*.") ? allowed.substring(1) : allowed;
        return parent.startsWith(".")
                ? domain.endsWith(parent) || (parents && domain.equals(parent.substring(1)))
                : domain.equals(parent);
    }
}
