package io.github.postern.gate;

import io.github.postern.forwarded.QueryString;
import io.github.postern.gate.Refusal.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy's configuration demands on top: {@code allowed_groups}, {@code allowed_roles}, {@code allowed_emails} and
 * {@code allowed_email_domains} in the query of an auth call, each a comma list of which one entry must fit. Every occurrence
 * is a demand of its own, because behind some proxies the user can add to that query: what is added can only restrict.
 */
public final class QueryConstraints {
    private static final List<String> NAMES =
            List.of("allowed_groups", "allowed_roles", "allowed_emails", "allowed_email_domains");

    private QueryConstraints() {}

    /**
     * Why this caller may not pass; empty when they may.
     *
     * @param query the auth call's own raw query string
     */
    public static Optional<Refusal> refusal(@Nullable String query, Caller caller) {
        if (query == null || query.isEmpty()) {
            return Optional.empty();
        }
        var parameters = QueryString.of(query);
        if (!parameters.isWhole()) {
            return Optional.of(new Refusal(Rule.GROUPS, List.of()));
        }
        return Stream.of(
                        unmet(parameters, "allowed_groups", groups -> inGroup(groups, caller)),
                        unmet(parameters, "allowed_roles", roles -> inGroup(asGroups(roles), caller)),
                        unmet(parameters, "allowed_emails", emails -> isOneOf(emails, caller)),
                        unmet(parameters, "allowed_email_domains", domains -> inDomain(domains, caller)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether the query demands anything of whoever asks. */
    public static boolean demandsAny(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return false;
        }
        var parameters = QueryString.of(query);
        return !parameters.isWhole()
                || NAMES.stream()
                        .flatMap(name -> parameters.all(name).stream())
                        .anyMatch(list -> !entries(list).isEmpty());
    }

    private static Optional<Refusal> unmet(
            QueryString parameters, String name, Function<List<String>, Optional<Refusal>> demand) {
        return parameters.all(name).stream()
                .map(QueryConstraints::entries)
                .filter(entries -> !entries.isEmpty())
                .flatMap(entries -> demand.apply(entries).stream())
                .findFirst();
    }

    private static Optional<Refusal> inGroup(List<String> groups, Caller caller) {
        boolean met = caller.groups().stream().anyMatch(groups::contains);
        return met ? Optional.empty() : Optional.of(new Refusal(Rule.GROUPS, groups));
    }

    /** Roles stand among the groups as {@code role:NAME}. */
    private static List<String> asGroups(List<String> roles) {
        return roles.stream().map(role -> "role:" + role).toList();
    }

    private static Optional<Refusal> isOneOf(List<String> emails, Caller caller) {
        return emails.contains(caller.email()) ? Optional.empty() : Optional.of(new Refusal(Rule.EMAIL, List.of()));
    }

    private static Optional<Refusal> inDomain(List<String> domains, Caller caller) {
        boolean met = EmailDomains.ofQuery(domains).admit(caller.email());
        return met ? Optional.empty() : Optional.of(new Refusal(Rule.EMAIL_DOMAIN, domains));
    }

    private static List<String> entries(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
