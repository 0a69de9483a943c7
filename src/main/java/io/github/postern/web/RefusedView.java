package io.github.postern.web;

import java.util.List;

/**
 * Signed in, but not admitted.
 *
 * @param person who it is
 * @param rule which rule refused them
 * @param admitted who would be admitted: groups, or e-mail domains
 * @param signOut what the form for switching the account carries; its target is the page that was refused, or for a long
 *     address the start page of its host
 * @param reference the same text that the log carries
 * @param origin where the refusal comes from
 */
public record RefusedView(
        Person person, Rule rule, List<String> admitted, SignOutForm signOut, String reference, Origin origin) {
    // proxies read the body of a 403 into small buffers: 4 KB for all of it, gateway contract rule 5
    private static final int LIST_BYTES = 600;
    private static final int NAME_BYTES = 254;
    private static final int RULE_BYTES = 120;

    /** A refusal by an option, or by the route's own demand. */
    public RefusedView(Person person, Rule rule, List<String> admitted, SignOutForm signOut, String reference) {
        this(person, rule, admitted, signOut, reference, Origin.OPTION);
    }

    /**
     * Where a refusal comes from.
     *
     * @param name the rule's name; empty for an option
     * @param unknown claims that the rule goes by and the session knows nothing of
     */
    public record Origin(String name, List<String> unknown) {
        static final Origin OPTION = new Origin("", List.of());

        public Origin {
            unknown = List.copyOf(unknown);
        }
    }

    public RefusedView {
        admitted = List.copyOf(admitted);
        signOut = new SignOutForm(signOut.target().shortened());
    }

    /** The user's name, cut to what fits. */
    public String name() {
        return HtmlText.clip(person.name(), NAME_BYTES);
    }

    /** The user's e-mail address, cut to what fits. */
    public String email() {
        return HtmlText.clip(person.email(), NAME_BYTES);
    }

    /** The user's groups, as many as fit. */
    public ShortList groups() {
        return ShortList.of(person.groups(), LIST_BYTES);
    }

    /** Who would be admitted, as many as fit. */
    public ShortList wanted() {
        return ShortList.of(admitted, LIST_BYTES);
    }

    /** The rule's name, cut to what fits; empty for an option. */
    public String ruleName() {
        return HtmlText.clip(origin.name(), RULE_BYTES);
    }

    /** The claims that signing in again might fetch, cut to what fits; empty for none. */
    public String unknown() {
        return HtmlText.clip(String.join(", ", origin.unknown()), RULE_BYTES);
    }

    /**
     * What the administrator can do where the provider told nothing that the rule could go by; empty where it did. Keycloak
     * sends no claim at all for a user without groups, so it is a hint, not a verdict.
     */
    public String cure() {
        boolean groupless = person.groups().stream().allMatch(group -> group.startsWith("role:"));
        if (!origin.unknown().isEmpty()) {
            return "The session holds nothing of " + unknown()
                    + ". Signing in again fetches it, if the client has a mapper"
                    + " that puts it into the ID token or the user info.";
        }
        if (rule == Rule.PEOPLE || rule == Rule.NOBODY || rule == Rule.LEVEL) {
            return "";
        }
        if (rule == Rule.GROUPS || rule == Rule.ALL_GROUPS) {
            return groupless ? LoginFailure.GROUPS_MISSING.cure() : "";
        }
        boolean ofProvider = rule == Rule.EMAIL || rule == Rule.EMAIL_DOMAIN || rule == Rule.EMAIL_OR_DOMAIN;
        return ofProvider && person.email().isEmpty() ? LoginFailure.EMAIL_MISSING.cure() : "";
    }

    /** What can refuse somebody who is signed in. */
    public enum Rule {
        /** {@code allowed-group}, {@code allowed-role} or a group named by the route. */
        GROUPS("This page is for members of certain groups, and you are in none of them.", "Any one of these would do"),
        /** The same, for somebody whose groups {@code htpasswd-user-group} names and no provider. */
        LOCAL_GROUPS(GROUPS.text, GROUPS.listTitle),
        /** {@code email-domain} or a domain named by the route. */
        EMAIL_DOMAIN("This page is for certain e-mail domains, and yours is not one of them.", "Domains that would do"),
        /** {@code authenticated-emails-file}, or an address named by the route. */
        EMAIL("This page is for certain people, and your e-mail address is not on the list.", ""),
        /** {@code authenticated-emails-file} and {@code email-domain}. */
        EMAIL_OR_DOMAIN(
                "This page is for certain people and e-mail domains, and your address is not among them.",
                "Domains that would do"),
        /** {@code htpasswd-file}. */
        LOCAL_USERS("This page is for people who have a password of this site, and you are not one of them.", ""),
        /** Several groups at once. */
        ALL_GROUPS("This page is for members of several groups at once.", "You would also need"),
        /** Addresses or claims, which are nobody else's business. */
        PEOPLE("This page is for certain people, and you are not one of them.", ""),
        /** A rule for nobody. */
        NOBODY("Nobody may open this page.", ""),
        /** The sign-in service did not do what the rule asks for. */
        LEVEL("This page needs a stronger or a later sign-in than the sign-in service gave you.", "What it needs");

        private final String text;
        private final String listTitle;

        Rule(String text, String listTitle) {
            this.text = text;
            this.listTitle = listTitle;
        }

        /** The sentence people read. */
        public String text() {
            return text;
        }

        /** What stands before the list of those who would be admitted. */
        public String listTitle() {
            return listTitle;
        }
    }
}
