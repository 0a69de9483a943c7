package io.github.postern.gate;

import io.github.postern.forwarded.QueryString;
import io.github.postern.gate.Refusal.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy's configuration demands on top: {@code allowed_groups}, {@code allowed_emails} and
 * {@code allowed_email_domains} in the query of an auth call, each a comma list, all of them to be met. They can only
 * restrict, because behind some proxies the user writes that query.
 */
public final class QueryConstraints {
    private QueryConstraints() {}

    /**
     * Why this caller may not pass; empty when they may.
     *
     * @param query the auth call's own raw query string
     */
    public static Optional<Refusal> refusal(@Nullable String query, Caller caller) {
        if (query == null || !query.contains("allowed_")) {
            return Optional.empty();
        }
        var parameters = QueryString.of(query);
        List<String> groups = list(parameters, "allowed_groups");
        List<String> emails = list(parameters, "allowed_emails");
        List<String> domains = list(parameters, "allowed_email_domains");
        if (!groups.isEmpty() && caller.groups().stream().noneMatch(groups::contains)) {
            return Optional.of(new Refusal(Rule.GROUPS, groups));
        }
        if (!emails.isEmpty() && !emails.contains(caller.email())) {
            return Optional.of(new Refusal(Rule.EMAIL, List.of()));
        }
        boolean domainAdmits = domains.isEmpty() || new EmailDomains(domains).admit(caller.email());
        return domainAdmits ? Optional.empty() : Optional.of(new Refusal(Rule.EMAIL_DOMAIN, domains));
    }

    private static List<String> list(QueryString parameters, String name) {
        return parameters.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
