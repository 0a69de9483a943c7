package io.github.postern.login;

import java.util.Locale;

/**
 * One entry of the hosts a browser may be sent to.
 *
 * @param name the host in lower case
 * @param subdomains whether the hosts below it count too
 * @param port the port that must stand there; empty for none, {@code *} for any or none
 */
record AllowedHost(String name, boolean subdomains, String port) {
    private static final int LONGEST_NAME = 253;

    /** @param entry {@code host}, {@code .host}, {@code *.host} or {@code [v6]}, each with {@code :port} or {@code :*} */
    static AllowedHost of(String entry) {
        int colon = portOf(entry);
        String host = (colon < 0 ? entry : entry.substring(0, colon)).toLowerCase(Locale.ROOT);
        String port = colon < 0 ? "" : entry.substring(colon + 1);
        int dot = host.startsWith("*.") ? 2 : host.startsWith(".") ? 1 : 0;
        return new AllowedHost(host.substring(dot), dot > 0, port);
    }

    /** @param authority what stands between {@code //} and the path */
    boolean admits(String authority) {
        int colon = portOf(authority);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        // Checked before it is made lower case: U+212A, the sign for kelvin, becomes a k.
        return (isName(host) || isVersionSix(host))
                && admitsName(host.toLowerCase(Locale.ROOT))
                && admitsPort(colon < 0 ? "" : authority.substring(colon));
    }

    /** Where the colon before the port stands, or -1. */
    private static int portOf(String authority) {
        return authority.indexOf(':', authority.startsWith("[") ? Math.max(0, authority.indexOf(']')) : 0);
    }

    private boolean admitsName(String host) {
        return !name.isEmpty() && (host.equals(name) || (subdomains && host.endsWith("." + name)));
    }

    private boolean admitsPort(String written) {
        return port.equals("*")
                ? written.isEmpty() || isPort(written)
                : written.equals(port.isEmpty() ? "" : ":" + port);
    }

    // No user names, no percent signs, no letters beyond ASCII, no empty label: nothing that a browser maps to another
    // host.
    private static boolean isName(String host) {
        return host.length() <= LONGEST_NAME
                && !host.startsWith(".")
                && !host.endsWith(".")
                && !host.contains("..")
                && host.chars().allMatch(AllowedHost::isInNames);
    }

    private static boolean isVersionSix(String host) {
        return host.startsWith("[")
                && host.indexOf(']') == host.length() - 1
                && host.chars().skip(1).limit(host.length() - 2L).allMatch(AllowedHost::isInVersionSix);
    }

    private static boolean isInVersionSix(int character) {
        return character == ':' || character == '.' || (character < 128 && Character.digit(character, 16) >= 0);
    }

    private static boolean isInNames(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_'
                || character == '.';
    }

    private static boolean isPort(String written) {
        String digits = written.substring(1);
        return !digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && digits.charAt(0) != '0'
                && Integer.parseInt(digits) <= 65535;
    }
}
