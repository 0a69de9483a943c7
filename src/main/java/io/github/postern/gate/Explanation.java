package io.github.postern.gate;

import io.github.postern.config.AccessRule;
import io.github.postern.config.LocalUserSettings;
import io.github.postern.config.RuleBook;
import io.github.postern.config.Settings;
import io.github.postern.config.SettingsFile;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.forwarded.SkipRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Says which rule decides about a request and why, for an operator who describes who asks for what; asks nobody else. */
public final class Explanation {
    private static final String USAGE =
            "say who asks for what: EMAIL METHOD URL [group=NAME] [role=NAME] [claim.NAME=VALUE]"
                    + " [acr=LEVEL] [age=SECONDS], or - for somebody who is not signed in";
    private static final int WHO_METHOD_URL = 3;

    private final Settings settings;
    private final ForwardedRequest asked;
    private final Described person;
    private final List<String> lines = new ArrayList<>();

    private Explanation(Settings settings, ForwardedRequest asked, Described person) {
        this.settings = settings;
        this.asked = asked;
        this.person = person;
    }

    /**
     * The lines that explain a decision.
     *
     * @param arguments who, which method, which URL; then what else is known of them
     * @throws IllegalArgumentException with what is wrong and the cure, if the arguments are no question
     */
    public static List<String> of(Settings settings, List<String> arguments) {
        if (arguments.size() < WHO_METHOD_URL) {
            throw new IllegalArgumentException(USAGE);
        }
        Optional<ForwardedRequest> asked = ForwardedRequest.told(arguments.get(1), arguments.get(2));
        Described person = Described.of(arguments.get(0), arguments.subList(WHO_METHOD_URL, arguments.size()));
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("'" + arguments.get(1) + " " + arguments.get(2)
                    + "' is no request; write a method in capitals and a URL such as GET https://mlflow.akko.local/x");
        }
        if (!person.unknown().isEmpty()) {
            throw new IllegalArgumentException("'" + person.unknown() + "' is not understood; " + USAGE);
        }
        return new Explanation(settings, asked.get(), person).explain();
    }

    private List<String> explain() {
        lines.add(person + " asks for " + asked.method().orElse("") + " "
                + asked.url().orElse(""));
        if (asked.routePaths().isEmpty()) {
            lines.add("The path can be read in several ways, so every rule for paths may be about it.");
        }
        RuleBook book = settings.accessRules().map(SettingsFile::content).orElse(RuleBook.EMPTY);
        Ruling ruling = new RuleIndex(book).ruling(asked);
        for (AccessRule rule : ruling.rules()) {
            explain(rule, book.rules().indexOf(rule) + 1);
        }
        if (ruling.options()) {
            lines.add(book.rules().isEmpty() ? "There are no rules." : "No rule is about it for certain.");
            explainOptions();
        }
        lines.add("Answer: " + answer(ruling) + ".");
        return List.copyOf(lines);
    }

    private void explain(AccessRule rule, int number) {
        String found = RuleText.found(rule, asked, RequestHost.of(asked));
        lines.add("Rule " + number + " '" + rule.name() + "' " + found);
        lines.add("  " + RuleText.demand(rule) + ": " + met(rule));
    }

    private String met(AccessRule rule) {
        return switch (rule.who().kind()) {
            case PUBLIC -> "yes";
            case NOBODY -> "no";
            case SIGNED_IN, MEMBERS ->
                person.caller().map(caller -> met(rule, caller)).orElse("no, nobody is signed in");
        };
    }

    private String met(AccessRule rule, Caller caller) {
        Verdict verdict = Decisions.byRule(rule, caller, Instant.now());
        if (verdict instanceof Verdict.Refused refused) {
            String wanted = String.join(", ", refused.refusal().admitted());
            return person.knowsGroups() || wanted.isEmpty()
                    ? "no"
                    : "no; would be met as a member of " + wanted + " (say group=NAME)";
        }
        return verdict instanceof Verdict.StepUp stepUp
                ? "yes, after signing in again (" + stepUp.level().query() + ")"
                : "yes";
    }

    private void explainOptions() {
        lines.add("The options for every app decide:");
        if (new SkipRules(settings.admission()).grants(asked)) {
            lines.add("  skip-auth-route, skip-auth-preflight or trusted-ip lets it pass without a session.");
        }
        person.caller()
                .flatMap(options()::refusal)
                .ifPresent(refusal -> lines.add("  refused by " + refusal.summary()));
    }

    private AdmissionRules options() {
        LocalUserSettings users = settings.users();
        Predicate<String> hasPassword = name -> users.passwords()
                .filter(file -> file.content().users().containsKey(name))
                .isPresent();
        return new AdmissionRules(
                settings.admission(),
                new AdmissionRules.Listed(users.emails().map(file -> file::content), hasPassword));
    }

    private String answer(Ruling ruling) {
        var rules = new AccessRules(
                () -> settings.accessRules().map(SettingsFile::content).orElse(RuleBook.EMPTY));
        var options = options();
        var decisions = new Decisions(rules, options, new SkipRules(settings.admission()), Instant::now);
        Verdict verdict = person.caller()
                .map(caller -> decisions.of(caller, options.refusal(caller).isEmpty(), () -> asked, ""))
                .orElseGet(() -> decisions.ofNobody(asked, ""));
        return RuleText.answer(verdict, ruling);
    }
}
