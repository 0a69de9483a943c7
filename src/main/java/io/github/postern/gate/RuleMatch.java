package io.github.postern.gate;

import io.github.postern.config.AccessRule.Scope;
import io.github.postern.config.PathPattern;
import io.github.postern.forwarded.ForwardedRequest;
import java.util.List;
import java.util.Optional;

/** Whether a rule is about a request. What a proxy did not tell for certain may be anything. */
enum RuleMatch {
    NO,
    MAYBE,
    YES;

    /**
     * Compares all there is to compare.
     *
     * @param host the user's host without port, as {@link RequestHost} gives it; empty when unknown
     * @param paths the readings of the path; empty when unknown or ambiguous
     */
    static RuleMatch of(Scope scope, ForwardedRequest asked, String host, List<String> paths) {
        RuleMatch here = host(scope.hosts(), host).and(method(scope.methods(), asked));
        return here == NO ? NO : here.and(path(scope.paths(), paths));
    }

    static RuleMatch method(List<String> methods, ForwardedRequest asked) {
        Optional<String> told = asked.method();
        if (methods.isEmpty()) {
            return YES;
        }
        return asked.certain() && told.isPresent() ? of(methods.contains(told.get())) : MAYBE;
    }

    private static RuleMatch host(List<String> hosts, String host) {
        if (hosts.isEmpty()) {
            return YES;
        }
        return host.isEmpty() ? MAYBE : of(hosts.stream().anyMatch(pattern -> covers(pattern, host)));
    }

    private static boolean covers(String pattern, String host) {
        return pattern.startsWith(".")
                ? host.endsWith(pattern) || host.equals(pattern.substring(1))
                : host.equals(pattern);
    }

    private static RuleMatch path(List<PathPattern> patterns, List<String> paths) {
        if (patterns.isEmpty()) {
            return YES;
        }
        long matching = paths.stream()
                .filter(path -> patterns.stream().anyMatch(pattern -> pattern.matches(path)))
                .count();
        return paths.isEmpty() || (matching > 0 && matching < paths.size()) ? MAYBE : of(matching > 0);
    }

    private static RuleMatch of(boolean yes) {
        return yes ? YES : NO;
    }

    private RuleMatch and(RuleMatch other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
