package io.github.postern.config;

import java.util.Set;

/**
 * E-mail addresses that may pass, whatever the case of their letters.
 *
 * @param addresses with the letters of ASCII in lower case
 */
public record EmailList(Set<String> addresses) {
    public EmailList {
        addresses = Set.copyOf(addresses);
    }

    /** Whether the address is on the list. */
    public boolean holds(String email) {
        return !email.isEmpty() && addresses.contains(asciiLower(email));
    }

    /** Letters beyond ASCII stay as they are: U+212A, the sign for kelvin, must not become a k. */
    public static String asciiLower(String text) {
        var lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }
}
