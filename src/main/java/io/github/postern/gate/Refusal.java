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
        /** {@code allowed_emails} of the request. */
        EMAIL
    }
}
