package io.github.postern.config;

import io.github.postern.config.AccessRule.Entries;
import io.github.postern.config.AccessRule.Kind;
import io.github.postern.config.AccessRule.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads whom a rule lets pass. */
final class WhoReader {
    private static final Set<String> ENTRIES = Set.of("groups", "roles", "emails", "email_domains", "claims");
    private final RuleTable rule;
    private final boolean roles;

    /** @param roles whether the provider has roles */
    WhoReader(RuleTable rule, boolean roles) {
        this.rule = rule;
        this.roles = roles;
    }

    /** Nobody, after telling what is wrong, where it is not clear who is meant. */
    Who read() {
        List<Kind> kinds = new ArrayList<>();
        if (rule.isOn("public")) {
            kinds.add(Kind.PUBLIC);
        }
        if (rule.isOn("nobody")) {
            kinds.add(Kind.NOBODY);
        }
        if (rule.isOn("signed_in")) {
            kinds.add(Kind.SIGNED_IN);
        }
        Entries any = entries("any");
        Entries all = entries("all");
        if (rule.has("any") || rule.has("all")) {
            kinds.add(Kind.MEMBERS);
        }
        if (kinds.size() != 1) {
            rule.mistake("says " + (kinds.isEmpty() ? "not" : "twice")
                    + " who may pass; write one of public = true, nobody = true, signed_in = true, or any and all");
            return new Who(Kind.NOBODY, Entries.NONE, Entries.NONE);
        }
        return new Who(kinds.get(0), any, all);
    }

    private Entries entries(String key) {
        return rule.table(key).map(table -> entries(key, table)).orElse(Entries.NONE);
    }

    private Entries entries(String key, RuleTable table) {
        table.allow(ENTRIES);
        if (table.has("roles") && !roles) {
            table.mistake("roles", "work with provider=keycloak-oidc only; name groups");
        }
        var entries = new Entries(
                Stream.concat(
                                table.texts("groups").stream(),
                                table.texts("roles").stream().map(role -> "role:" + role))
                        .toList(),
                emails(table),
                domains(table),
                table.table("claims").map(RuleTable::lists).orElse(Map.of()));
        if (entries.isEmpty()) {
            table.mistake("names nobody; write at least one of groups, roles, emails, email_domains and claims");
        }
        if (key.equals("all") && entries.emails().size() > 1) {
            table.mistake("emails", "nobody has several; move them to any");
        }
        return entries;
    }

    private static List<String> emails(RuleTable table) {
        List<String> emails = table.texts("emails");
        emails.stream()
                .filter(email -> !email.matches("[^@\\s]+@[^@\\s]+"))
                .forEach(
                        email -> table.mistake("emails", Quoted.of(email) + " is no address such as alice@akko.local"));
        return emails.stream().map(email -> email.toLowerCase(Locale.ROOT)).toList();
    }

    private static List<String> domains(RuleTable table) {
        List<String> domains = table.texts("email_domains").stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
        domains.stream()
                .filter(domain -> !HostName.isDomain(domain.replaceFirst("^\\*?\\.", "")))
                .forEach(domain -> table.mistake(
                        "email_domains",
                        Quoted.of(domain) + " is no domain such as akko.local or .akko.local; for everybody write"
                                + " signed_in = true"));
        return domains;
    }
}
