package io.github.postern.forwarded;

import inet.ipaddr.IPAddressString;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;

/** The user's own address, from a header that a trusted proxy set. */
final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int MOST_HOPS = 32;
    private static final int LONGEST_ADDRESS = 45;

    private final String header;
    private final boolean list;
    private final TrustedPeers proxies;

    /**
     * @param header the header's name; only {@code X-Forwarded-For} may hold a list
     * @param proxies whose entries in a list are hops, not users
     */
    ClientAddress(String header, TrustedPeers proxies) {
        this.header = header;
        this.list = header.equalsIgnoreCase(FORWARDED_FOR);
        this.proxies = proxies;
    }

    /** The address without port, in the characters of an address; empty when untold, told twice or malformed. */
    Optional<String> of(HttpServletRequest request) {
        return list
                ? lastStranger(joined(request, header))
                : HeaderLine.of(request, header)
                        .value()
                        .flatMap(ClientAddress::address)
                        .filter(told -> isConfirmed(told, request));
    }

    // Some proxies set X-Forwarded-For but let a client's own X-Real-IP through: where both speak they must agree.
    private boolean isConfirmed(String told, HttpServletRequest request) {
        String forwardedFor = joined(request, FORWARDED_FOR);
        return forwardedFor.isEmpty()
                || lastStranger(forwardedFor)
                        .filter(seen ->
                                seen.equals(told) || new IPAddressString(seen).equals(new IPAddressString(told)))
                        .isPresent();
    }

    /** All lines of a header as one (RFC 9110 5.3). */
    private static String joined(HttpServletRequest request, String header) {
        Enumeration<String> lines = request.getHeaders(header);
        String all = lines.hasMoreElements() ? lines.nextElement() : "";
        return lines.hasMoreElements() ? all + ',' + String.join(",", Collections.list(lines)) : all;
    }

    // The left end is whatever the user sent, each proxy appends on the right: the first stranger from the right is the
    // user.
    private Optional<String> lastStranger(String entries) {
        Optional<String> hop = Optional.empty();
        int end = entries.length();
        int hops = 0;
        for (; end >= 0 && hops < MOST_HOPS; hops++) {
            int comma = entries.lastIndexOf(',', end - 1);
            hop = address(entries.substring(comma + 1, end));
            if (hop.isEmpty() || !proxies.trusts(hop.get())) {
                return hop;
            }
            end = comma;
        }
        // One trusted address is what our proxy itself saw. Of several, any may be the user's invention.
        return hops == 1 ? hop : Optional.empty();
    }

    private static Optional<String> address(String text) {
        String bare = withoutPort(text.strip());
        return isPlausible(bare) ? Optional.of(bare) : Optional.empty();
    }

    private static boolean isPlausible(String bare) {
        if (bare.isEmpty() || bare.length() > LONGEST_ADDRESS) {
            return false;
        }
        for (int index = 0; index < bare.length(); index++) {
            if (!isInAddresses(bare.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInAddresses(char character) {
        return character == '.' || character == ':' || (character < 128 && Character.digit(character, 16) >= 0);
    }

    private static String withoutPort(String text) {
        int bracket = text.startsWith("[") ? text.indexOf("]:") : -1;
        if (bracket > 0) {
            return text.substring(1, bracket);
        }
        int dot = text.indexOf('.');
        int colon = text.lastIndexOf(':');
        return dot >= 0 && colon > dot ? text.substring(0, colon) : text;
    }
}
