package io.github.postern.gate;

import io.github.postern.config.AccessRule;
import io.github.postern.config.AccessRule.Entries;
import io.github.postern.config.AccessRule.Scope;
import io.github.postern.forwarded.ForwardedRequest;
import java.util.ArrayList;
import java.util.List;

/** Rules and their answers in the words of operators. */
final class RuleText {
    private RuleText() {}

    /** Whether a rule is about a request, and by what. */
    static String found(AccessRule rule, ForwardedRequest asked, String host) {
        Scope scope = rule.scope();
        boolean certain = RuleMatch.of(scope, asked, host, asked.routePaths()) == RuleMatch.YES;
        List<String> by = new ArrayList<>();
        by.add(scope.hosts().isEmpty() ? "every host" : "host " + String.join(" or ", scope.hosts()));
        if (!scope.paths().isEmpty()) {
            by.add("path "
                    + String.join(
                            " or ", scope.paths().stream().map(Object::toString).toList()));
        }
        if (!scope.methods().isEmpty()) {
            by.add("method " + String.join(" or ", scope.methods()));
        }
        return (certain ? "is about it (" : "may be about it (") + String.join(", ", by) + "):";
    }

    /** What a rule demands. */
    static String demand(AccessRule rule) {
        String who = switch (rule.who().kind()) {
            case PUBLIC -> "open to everybody";
            case NOBODY -> "open to nobody";
            case SIGNED_IN -> "open to everybody who is signed in";
            case MEMBERS -> "wants " + entries(rule);
        };
        return rule.level().isAny()
                ? who
                : who + ", signed in with " + rule.level().query();
    }

    private static String entries(AccessRule rule) {
        List<String> demands = new ArrayList<>();
        if (!rule.who().any().isEmpty()) {
            demands.add("any of " + entries(rule.who().any()));
        }
        if (!rule.who().all().isEmpty()) {
            demands.add("all of " + entries(rule.who().all()));
        }
        return String.join(" and ", demands);
    }

    private static String entries(Entries entries) {
        List<String> all = new ArrayList<>(entries.groups());
        all.addAll(entries.emails());
        all.addAll(entries.emailDomains());
        entries.claims().forEach((name, values) -> all.add(name + "=" + String.join("|", values)));
        return String.join(", ", all);
    }

    /** What the user gets. */
    static String answer(Verdict verdict, Ruling ruling) {
        String decider =
                ruling.isCertain() ? " by rule '" + ruling.rules().get(0).name() + "'" : "";
        if (verdict instanceof Verdict.Refused refused) {
            return "403, refused by " + refused.refusal().summary();
        }
        if (verdict instanceof Verdict.StepUp stepUp) {
            return "signs in again for rule '" + stepUp.rule() + "' ("
                    + stepUp.level().query() + ")";
        }
        return verdict instanceof Verdict.Pass ? "passes" + decider : "must sign in first" + decider;
    }
}
