package io.github.postern.gate;

import io.github.postern.config.AdmissionSettings;
import io.github.postern.gate.Refusal.Rule;
import java.util.List;
import java.util.Optional;

/** Who of those signed in may pass: the rules that hold for every app. */
public final class AdmissionRules {
    private final EmailDomains emailDomains;
    private final List<String> allowedGroups;

    /** @param settings the operator's lists */
    public AdmissionRules(AdmissionSettings settings) {
        this.emailDomains = EmailDomains.ofOption(settings.emailDomains());
        this.allowedGroups = settings.allowedGroups();
    }

    /** Why this caller may not pass; empty when they may. */
    public Optional<Refusal> refusal(Caller caller) {
        if (!emailDomains.admit(caller.email())) {
            return Optional.of(new Refusal(Rule.EMAIL_DOMAIN, emailDomains.domains()));
        }
        boolean member = allowedGroups.isEmpty() || caller.groups().stream().anyMatch(allowedGroups::contains);
        return member ? Optional.empty() : Optional.of(new Refusal(Rule.GROUPS, allowedGroups));
    }
}
