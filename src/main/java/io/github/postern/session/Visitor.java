package io.github.postern.session;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The browser a session began in, as its owner may recognise it.
 *
 * @param device its {@code User-Agent}, cut to a bounded length
 * @param address the client's address; empty when unknown
 */
record Visitor(String device, String address) {
    static final Visitor UNKNOWN = new Visitor("", "");
    private static final int LONGEST = 256;

    static Visitor of(HttpServletRequest request, String address) {
        String device = request.getHeader("User-Agent");
        return new Visitor(device == null ? "" : printable(device), address);
    }

    private static String printable(String text) {
        String line = text.replaceAll("[^\\x20-\\x7E]", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    /** As {@link #parse} reads it. */
    String text() {
        return address + " " + device;
    }

    static Visitor parse(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? UNKNOWN : new Visitor(text.substring(blank + 1), text.substring(0, blank));
    }
}
