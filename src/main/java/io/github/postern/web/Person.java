package io.github.postern.web;

import io.github.postern.gate.Caller;
import java.util.List;

/**
 * A user as the pages show them.
 *
 * @param name what they sign in with; empty only for {@link #UNKNOWN}
 * @param email their e-mail address, or empty
 * @param groups their groups and roles
 */
public record Person(String name, String email, List<String> groups) {
    /** Nobody is signed in. */
    public static final Person UNKNOWN = new Person("", "", List.of());

    private static final int GROUPS_AT_ONCE = 20;

    public Person {
        groups = List.copyOf(groups);
    }

    /** Falls back from the user name to the e-mail address to the subject: the first that is known. */
    public static Person of(Caller caller) {
        var name = caller.preferredUsername().isEmpty() ? caller.email() : caller.preferredUsername();
        return new Person(name.isEmpty() ? caller.subject() : name, caller.email(), caller.groups());
    }

    /** The groups shown at once. */
    public List<String> firstGroups() {
        return groups.subList(0, Math.min(GROUPS_AT_ONCE, groups.size()));
    }

    /** The groups shown on demand. */
    public List<String> moreGroups() {
        return groups.subList(Math.min(GROUPS_AT_ONCE, groups.size()), groups.size());
    }
}
