package io.github.postern.gate;

import io.github.postern.config.AccessRule;
import io.github.postern.config.AccessRule.Kind;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.forwarded.SkipRules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * May this request pass? The first rule that is about it decides alone; without one, the options for every app do. What the
 * auth call's own query demands restricts either.
 */
public final class Decisions {
    private final AccessRules rules;
    private final AdmissionRules options;
    private final SkipRules skip;
    private final InstantSource clock;

    /**
     * @param rules app by app
     * @param options for those who are signed in, in every app
     * @param skip for those who are not
     * @param clock how long ago people signed in
     */
    public Decisions(AccessRules rules, AdmissionRules options, SkipRules skip, InstantSource clock) {
        this.rules = rules;
        this.options = options;
        this.skip = skip;
        this.clock = clock;
    }

    /** The headers that some rule hands out. */
    public List<String> headerNames() {
        return rules.headerNames();
    }

    /**
     * For somebody who is signed in.
     *
     * @param admitted whether the options let them pass
     * @param asked what the user asked for; read only where something depends on it
     * @param query the auth call's own
     */
    public Verdict of(Caller caller, boolean admitted, Supplier<ForwardedRequest> asked, @Nullable String query) {
        Ruling ruling = rules.isEmpty() ? Ruling.OPTIONS : rules.ruling(asked.get());
        Verdict verdict = byRules(ruling, caller, clock.instant());
        if (!(verdict instanceof Verdict.Pass)) {
            return verdict;
        }
        Optional<Refusal> refusal = ruling.options() && !admitted && !skip.grants(asked.get())
                ? options.refusal(caller)
                : QueryConstraints.refusal(query, caller);
        return refusal.<Verdict>map(Verdict.Refused::new).orElse(verdict);
    }

    /**
     * For somebody who is not.
     *
     * @param query the auth call's own; whatever it demands, nobody without a name meets it where a rule decides
     */
    public Verdict ofNobody(ForwardedRequest asked, @Nullable String query) {
        Ruling ruling = rules.ruling(asked);
        Optional<AccessRule> decider = ruling.decider();
        if (decider.isPresent() && decider.get().who().kind() == Kind.NOBODY) {
            return new Verdict.Refused(Refusal.by(decider.get()));
        }
        Optional<String> opener = ruling.isPublic() ? opener(ruling, decider, asked) : Optional.empty();
        boolean demanded = !ruling.rules().isEmpty() && QueryConstraints.demandsAny(query);
        return demanded
                ? Verdict.SignIn.NEEDED
                : opener.<Verdict>map(Verdict.Pass::by).orElse(Verdict.SignIn.NEEDED);
    }

    /** The rule or the option that opens the way to whoever comes. */
    private Optional<String> opener(Ruling ruling, Optional<AccessRule> decider, ForwardedRequest asked) {
        return ruling.options()
                ? skip.granting(asked)
                : Optional.of(decider.map(AccessRule::name).orElse(""));
    }

    private static Verdict byRules(Ruling ruling, Caller caller, Instant now) {
        for (AccessRule rule : ruling.rules()) {
            Verdict verdict = byRule(rule, caller, now);
            if (verdict instanceof Verdict.StepUp && ruling.levels() > 1) {
                return new Verdict.Refused(Refusal.ofLevel(rule)); // one sign-in after the other, and round again
            }
            if (!(verdict instanceof Verdict.Pass)) {
                return verdict;
            }
        }
        if (!ruling.isCertain()) {
            return Verdict.Pass.PLAIN;
        }
        AccessRule decider = ruling.rules().get(0);
        return new Verdict.Pass(decider.headers(), decider.name());
    }

    static Verdict byRule(AccessRule rule, Caller caller, Instant now) {
        if (!Membership.includes(rule.who(), caller)) {
            return new Verdict.Refused(Refusal.by(rule, caller));
        }
        if (rule.level().isAny() || SignInLevel.meets(caller, rule.level(), now)) {
            return Verdict.Pass.PLAIN;
        }
        return SignInLevel.isInVain(caller, rule.level())
                ? new Verdict.Refused(Refusal.ofLevel(rule))
                : new Verdict.StepUp(rule.name(), rule.level());
    }
}
