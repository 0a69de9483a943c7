package io.github.postern.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One rule of {@code access-rules-file}.
 *
 * @param name what people, the log and {@code --explain} call it
 * @param scope which requests it is about
 * @param who who may pass
 * @param level how strongly and lately they must have signed in
 * @param headers what this app is told of them
 */
public record AccessRule(String name, Scope scope, Who who, Level level, AppHeaders headers) {
    /**
     * Which requests a rule is about; an empty list means all.
     *
     * @param hosts names, and {@code .name} for one and its subdomains; lower case, without port
     * @param paths patterns of which one must match
     * @param methods in capitals
     */
    public record Scope(List<String> hosts, List<PathPattern> paths, List<String> methods) {
        public Scope {
            hosts = List.copyOf(hosts);
            paths = List.copyOf(paths);
            methods = List.copyOf(methods);
        }

        /** Whether it is about every request. */
        public boolean isEverything() {
            return hosts.isEmpty() && paths.isEmpty() && methods.isEmpty();
        }
    }

    /**
     * Who may pass.
     *
     * @param kind whom it is about
     * @param any entries of which one must fit; none for no such demand
     * @param all entries that must all fit
     */
    public record Who(Kind kind, Entries any, Entries all) {}

    /** Whom a rule lets pass. */
    public enum Kind {
        /** Everybody, signed in or not. */
        PUBLIC,
        /** Nobody, signed in or not. */
        NOBODY,
        /** Everybody who is signed in. */
        SIGNED_IN,
        /** Those whom the entries describe. */
        MEMBERS
    }

    /**
     * What describes people.
     *
     * @param groups groups, and roles as {@code role:NAME}
     * @param emails addresses in lower case
     * @param emailDomains {@code name}, {@code .name} or {@code *.name}; lower case
     * @param claims names of claims, each with values
     */
    public record Entries(
            List<String> groups, List<String> emails, List<String> emailDomains, Map<String, List<String>> claims) {
        /** No entries. */
        public static final Entries NONE = new Entries(List.of(), List.of(), List.of(), Map.of());

        public Entries {
            groups = List.copyOf(groups);
            emails = List.copyOf(emails);
            emailDomains = List.copyOf(emailDomains);
            claims = Map.copyOf(new TreeMap<>(claims));
        }

        /** Whether there are none. */
        public boolean isEmpty() {
            return groups.isEmpty() && emails.isEmpty() && emailDomains.isEmpty() && claims.isEmpty();
        }
    }
}
