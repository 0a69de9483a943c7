package io.github.postern.config;

import java.util.Map;

/**
 * People with a password of ours, as {@code htpasswd} writes them.
 *
 * @param users names, each with what is kept of the password
 */
public record PasswordFile(Map<String, PasswordHash> users) {
    /** The longest name, in characters. */
    public static final int LONGEST_NAME = 255;

    public PasswordFile {
        users = Map.copyOf(users);
    }

    /** Whether somebody of this name has a password. */
    public boolean lists(String name) {
        return users.containsKey(name);
    }
}
