package io.github.postern.config;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IncompatibleAddressException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads lists of addresses and networks in CIDR notation. */
final class Networks {
    /** Loopback and the private networks of RFC 1918 and RFC 4193. */
    static final List<String> PRIVATE =
            List.of("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");
    // the parser also takes wildcards, ranges, octal and single numbers, none of which is meant here
    private static final Pattern SHAPE =
            Pattern.compile("(?:N(?:\\.N){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(?:/N)?".replace("N", "(?:0|[1-9]\\d{0,2})"));

    private Networks() {}

    /** The networks of a list; what is none is told. */
    static List<IPAddress> read(Option option, Values values, Findings findings) {
        return values.list(option).stream()
                .flatMap(text -> network(option, text, findings))
                .toList();
    }

    /** The network of an address with a prefix; the address itself without one. What maps IPv4 counts as IPv4. */
    static Optional<IPAddress> parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            IPAddress address = new IPAddressString(text).toAddress();
            return Optional.of(unmapped(address)).map(IPAddress::toPrefixBlock);
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }

    private static IPAddress unmapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }

    // 10.0.0.1/8 is a network for one reader and a slip for the other, who meant 10.0.0.1
    private static boolean isInside(IPAddress network, String text) {
        String written = text.substring(0, Math.max(0, text.indexOf('/')));
        return !written.isEmpty()
                && parse(written)
                        .filter(address -> address.equals(network.getLower().withoutPrefixLength()))
                        .isEmpty();
    }

    private static Stream<IPAddress> network(Option option, String text, Findings findings) {
        Optional<IPAddress> network = parse(text);
        if (network.isEmpty()) {
            findings.mistake(
                    option, Quoted.of(text) + " is no IP address or network; write 10.0.0.1, 10.0.0.0/8 or fd00::/8");
        }
        if (network.filter(found -> isInside(found, text)).isPresent()) {
            findings.mistake(
                    option,
                    Quoted.of(text) + " is an address inside a network; write " + network.get()
                            + " for all of it, or the address alone");
        }
        if (network.filter(IPAddress::isMultiple).filter(Networks::isEverything).isPresent()) {
            findings.weak(option.flag() + "=" + text + " trusts every address there is; name the networks you mean.");
        }
        return network.stream();
    }

    private static boolean isEverything(IPAddress network) {
        return Integer.valueOf(0).equals(network.getNetworkPrefixLength());
    }
}
