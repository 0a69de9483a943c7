package io.github.postern.gate;

import java.util.List;

/**
 * Why somebody who is signed in may not pass.
 *
 * @param rule which kind of rule refused
 * @param admitted who would be admitted: groups, domains, or nobody to name
 */
public record Refusal(Rule rule, List<String> admitted) {
    public Refusal {
        admitted = List.copyOf(admitted);
    }

    /** The kinds of rules. */
    public enum Rule {
        /** {@code allowed-group}, {@code allowed-role}, or {@code allowed_groups} of the request. */
        GROUPS,
        /** {@code email-domain}, or {@code allowed_email_domains} of the request. */
        EMAIL_DOMAIN,
        /** {@code authenticated-emails-file} without {@code email-domain}, or {@code allowed_emails} of the request. */
        EMAIL,
        /** {@code authenticated-emails-file} and {@code email-domain}. */
        EMAIL_OR_DOMAIN,
        /** Only people of {@code htpasswd-file} may pass, or the file does not list this one any more. */
        LOCAL_USERS
    }
}
