package io.github.postern.gate;

import io.github.postern.config.AccessRule;
import io.github.postern.config.AccessRule.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Which rules decide about a request. All of them must let it pass: where it is not certain what was asked, there are several.
 *
 * @param rules in the order of the file
 * @param options whether the options for every app must let it pass too
 */
public record Ruling(List<AccessRule> rules, boolean options) {
    /** No rule is about the request. */
    static final Ruling OPTIONS = new Ruling(List.of(), true);

    public Ruling {
        rules = List.copyOf(rules);
    }

    static Ruling of(AccessRule rule) {
        return new Ruling(List.of(rule), false);
    }

    /** Whether one rule decides alone. */
    boolean isCertain() {
        return rules.size() == 1 && !options;
    }

    /** The rule that is about the request for certain; those before it only may be. */
    Optional<AccessRule> decider() {
        return options || rules.isEmpty() ? Optional.empty() : Optional.of(rules.get(rules.size() - 1));
    }

    /** How many different levels they ask for. */
    long levels() {
        return rules.stream()
                .map(AccessRule::level)
                .filter(level -> !level.isAny())
                .distinct()
                .count();
    }

    boolean isPublic() {
        return rules.stream().allMatch(rule -> rule.who().kind() == Kind.PUBLIC);
    }
}
