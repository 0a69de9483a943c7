package io.github.postern.config;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules of one version of {@code access-rules-file}, in order, and what they need. */
public final class RuleBook {
    /** No rules. */
    public static final RuleBook EMPTY = new RuleBook(List.of());

    private final List<AccessRule> rules;
    private final Set<String> claims;
    private final List<String> headerNames;

    /** @param rules the first that matches decides */
    public RuleBook(List<AccessRule> rules) {
        this.rules = List.copyOf(rules);
        this.claims = Collections.unmodifiableSet(claims(rules));
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rules.forEach(rule -> names.addAll(rule.headers().claims().keySet()));
        this.headerNames = List.copyOf(names);
    }

    /** In the order of the file. */
    public List<AccessRule> rules() {
        return rules;
    }

    /** The claims that a session must keep for these rules. */
    public Set<String> claims() {
        return claims;
    }

    /** The headers of all rules together. */
    public List<String> headerNames() {
        return headerNames;
    }

    private static Set<String> claims(List<AccessRule> rules) {
        Set<String> names = new LinkedHashSet<>();
        for (AccessRule rule : rules) {
            names.addAll(rule.who().any().claims().keySet());
            names.addAll(rule.who().all().claims().keySet());
            names.addAll(rule.headers().claims().values());
            if (!rule.level().isAny()) {
                names.addAll(List.of(Level.ACR, Level.AUTH_TIME));
            }
        }
        names.removeAll(Set.of("sub", "email", "preferred_username", "groups"));
        return names;
    }
}
