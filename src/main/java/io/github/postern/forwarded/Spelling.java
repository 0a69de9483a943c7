package io.github.postern.forwarded;

import inet.ipaddr.IPAddressString;

/** How each part of a told request must be written to be believed. */
final class Spelling {
    private static final int LONGEST_METHOD = 20;
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_URI = 8192;
    private static final int HIGHEST_PORT = 65535;

    private Spelling() {}

    static boolean isMethod(String text) {
        if (text.isEmpty() || text.length() > LONGEST_METHOD) {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if ((character < 'A' || character > 'Z') && character != '-') {
                return false;
            }
        }
        return true;
    }

    /** A WebSocket's scheme counts: Traefik says {@code wss} where the user's address bar says {@code https}. */
    static boolean isScheme(String text) {
        return switch (text.length()) {
            case 2 -> text.equalsIgnoreCase("ws");
            case 3 -> text.equalsIgnoreCase("wss");
            case 4 -> text.equalsIgnoreCase("http");
            case 5 -> text.equalsIgnoreCase("https");
            default -> false;
        };
    }

    /** {@code name[:port]} or {@code [v6][:port]}: no lists, no user names, nothing that needs decoding. */
    static boolean isHost(String text) {
        if (text.length() > LONGEST_HOST) {
            return false;
        }
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        int nameEnd = end < 0 ? text.length() : end;
        boolean name = text.startsWith("[") ? isVersionSix(text, nameEnd) : isName(text, nameEnd);
        return name && (nameEnd == text.length() || isPort(text, nameEnd));
    }

    /** Path and query as they stand in a request line: octets, no controls. */
    static boolean isUri(String text) {
        if (text.isEmpty() || text.charAt(0) != '/' || text.length() > LONGEST_URI) {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character < ' ' || character == 0x7F || character > 0xFF) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String text, int end) {
        char previous = '.';
        for (int index = 0; index < end; index++) {
            char character = text.charAt(index);
            boolean dot = character == '.' && previous != '.';
            if (!dot && !isNameCharacter(character)) {
                return false;
            }
            previous = character;
        }
        return previous != '.';
    }

    private static boolean isNameCharacter(char character) {
        char lower = (char) (character | 0x20);
        return (lower >= 'a' && lower <= 'z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_';
    }

    private static boolean isVersionSix(String text, int end) {
        return end > 2 && text.indexOf('%') < 0 && new IPAddressString(text.substring(1, end - 1)).isIPv6();
    }

    private static boolean isPort(String text, int colon) {
        int digits = text.length() - colon - 1;
        if (text.charAt(colon) != ':' || digits < 1 || digits > 5) {
            return false;
        }
        int port = 0;
        for (int index = colon + 1; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character < '0' || character > '9') {
                return false;
            }
            port = port * 10 + character - '0';
        }
        return port > 0 && port <= HIGHEST_PORT;
    }
}
