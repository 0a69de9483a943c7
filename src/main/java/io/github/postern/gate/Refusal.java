package io.github.postern.gate;

import io.github.postern.config.AccessRule;
import io.github.postern.config.AccessRule.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why somebody may not pass.
 *
 * @param rule which kind of rule refused
 * @param admitted who would be admitted: groups, domains, levels, or nobody to name
 * @param name the rule's own name in {@code access-rules-file}; empty for an option or the request's own demand
 * @param unknown claims that the rule goes by and the session knows nothing of
 */
public record Refusal(Rule rule, List<String> admitted, String name, List<String> unknown) {
    public Refusal {
        admitted = List.copyOf(admitted);
        unknown = List.copyOf(unknown);
    }

    /** A refusal by an option or by the request's own demand. */
    public Refusal(Rule rule, List<String> admitted) {
        this(rule, admitted, "", List.of());
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
        LOCAL_USERS,
        /** A rule that wants several groups at once. */
        ALL_GROUPS,
        /** A rule that goes by addresses or claims, which are nobody else's business. */
        PEOPLE,
        /** A rule for nobody. */
        NOBODY,
        /** A rule that wants a stronger or a later sign-in than the provider gave. */
        LEVEL
    }

    /** What an operator reads: the kind, the rule's name, and who would be admitted. */
    public String summary() {
        String named = name.isEmpty() ? rule.name() : rule.name() + " by='" + name + "'";
        return admitted.isEmpty() ? named : named + " wanted=" + admitted;
    }

    /** A rule for nobody refuses whoever comes. */
    static Refusal by(AccessRule rule) {
        return new Refusal(Rule.NOBODY, List.of(), rule.name(), List.of());
    }

    /** The provider did not sign the caller in as the rule wants, although it was asked to. */
    static Refusal ofLevel(AccessRule rule) {
        List<String> wanted = new ArrayList<>(rule.level().acr());
        rule.level().maxAge().ifPresent(age -> wanted.add("within " + age.toMinutes() + " minutes"));
        return new Refusal(Rule.LEVEL, wanted, rule.name(), List.of());
    }

    /** The caller is none of those whom the rule describes. */
    static Refusal by(AccessRule rule, Caller caller) {
        if (rule.who().kind() == AccessRule.Kind.NOBODY) {
            return by(rule);
        }
        Set<String> unknown = new TreeSet<>(rule.who().any().claims().keySet());
        unknown.addAll(rule.who().all().claims().keySet());
        unknown.removeIf(claim -> !ClaimValues.of(caller, claim).isEmpty());
        return described(rule, caller, List.copyOf(unknown));
    }

    private static Refusal described(AccessRule rule, Caller caller, List<String> unknown) {
        Entries any = rule.who().any();
        List<String> missing = rule.who().all().groups().stream()
                .filter(group -> !caller.groups().contains(group))
                .toList();
        if (!missing.isEmpty()) {
            return new Refusal(Rule.ALL_GROUPS, missing, rule.name(), unknown);
        }
        if (!any.groups().isEmpty() && caller.groups().stream().noneMatch(any.groups()::contains)) {
            return new Refusal(Rule.GROUPS, any.groups(), rule.name(), unknown);
        }
        List<String> domains = any.isEmpty() ? rule.who().all().emailDomains() : any.emailDomains();
        return domains.isEmpty()
                ? new Refusal(Rule.PEOPLE, List.of(), rule.name(), unknown)
                : new Refusal(Rule.EMAIL_DOMAIN, domains, rule.name(), unknown);
    }
}
