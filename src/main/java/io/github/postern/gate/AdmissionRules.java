package io.github.postern.gate;

import io.github.postern.config.AdmissionSettings;
import io.github.postern.config.EmailList;
import io.github.postern.gate.Refusal.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Who of those signed in may pass: the rules that hold for every app. */
public final class AdmissionRules {
    private final EmailDomains emailDomains;
    private final List<String> allowedGroups;
    private final Listed listed;
    private final Rule emailRule;

    /** @param settings the operator's lists */
    public AdmissionRules(AdmissionSettings settings) {
        this(settings, Listed.NOBODY);
    }

    /**
     * @param settings the operator's lists
     * @param listed who stands in files besides
     */
    public AdmissionRules(AdmissionSettings settings, Listed listed) {
        this.emailDomains = EmailDomains.ofOption(settings.emailDomains());
        this.allowedGroups = settings.allowedGroups();
        this.listed = listed;
        this.emailRule = emailRule();
    }

    /**
     * Who stands in files, now and from now on.
     *
     * @param emails addresses that may pass whatever their domain; empty where there is no such file
     * @param users whether somebody of this name has a password of ours
     */
    public record Listed(Optional<Supplier<EmailList>> emails, Predicate<String> users) {
        static final Listed NOBODY = new Listed(Optional.empty(), name -> false);

        private boolean holds(String email) {
            return emails.isPresent() && emails.get().get().holds(email);
        }
    }

    private Rule emailRule() {
        if (listed.emails().isPresent()) {
            return emailDomains.domains().isEmpty() ? Rule.EMAIL : Rule.EMAIL_OR_DOMAIN;
        }
        return emailDomains.domains().isEmpty() ? Rule.LOCAL_USERS : Rule.EMAIL_DOMAIN;
    }

    /** Why this caller may not pass; empty when they may. */
    public Optional<Refusal> refusal(Caller caller) {
        if (!knows(caller)) {
            return Optional.of(new Refusal(Rule.LOCAL_USERS, List.of()));
        }
        if (!admitsEmail(caller)) {
            return Optional.of(new Refusal(emailRule, emailDomains.domains()));
        }
        boolean member = allowedGroups.isEmpty() || caller.groups().stream().anyMatch(allowedGroups::contains);
        return member ? Optional.empty() : Optional.of(new Refusal(Rule.GROUPS, allowedGroups));
    }

    /** Somebody whom {@code htpasswd-file} does not list any more is nobody, whatever a session says. */
    boolean knows(Caller caller) {
        return !caller.isLocal() || listed.users().test(caller.subject());
    }

    /** The operator wrote local users down by name, so no rule about addresses is meant for those who have none. */
    private boolean admitsEmail(Caller caller) {
        String email = caller.email();
        return emailDomains.admit(email) || (caller.isLocal() && email.isEmpty()) || listed.holds(email);
    }
}
