package io.github.postern.gate;

import io.github.postern.config.EmailList;
import java.util.List;
import java.util.Locale;

/** A list of e-mail domains: {@code *}, {@code name}, or {@code .name} and {@code *.name} for it and its subdomains. */
record EmailDomains(List<String> domains) {
    EmailDomains {
        domains =
                domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
    }

    boolean admit(String email) {
        return admits(domains, email);
    }

    /**
     * Exactly one {@code @}: in {@code a@evil.example@akko.local} it is anybody's guess which domain counts.
     *
     * @param domains in lower case
     */
    static boolean admits(List<String> domains, String email) {
        if (domains.contains("*")) {
            return true;
        }
        int at = email.indexOf('@');
        if (at < 1 || at != email.lastIndexOf('@')) {
            return false;
        }
        String domain = EmailList.asciiLower(email.substring(at + 1));
        return domains.stream().anyMatch(allowed -> covers(allowed, domain));
    }

    private static boolean covers(String allowed, String domain) {
        String parent = allowed.startsWith("*.") ? allowed.substring(1) : allowed;
        return parent.startsWith(".")
                ? domain.endsWith(parent) || domain.equals(parent.substring(1))
                : domain.equals(parent);
    }
}
