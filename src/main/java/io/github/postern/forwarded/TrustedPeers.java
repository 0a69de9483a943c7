package io.github.postern.forwarded;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Networks whose members are believed; asked on every request, so recent answers are remembered in a table that cannot grow. */
public final class TrustedPeers {
    private static final int REMEMBERED = 256;
    private static final int LONGEST_ADDRESS = 64;
    // No ranges, no wildcards, no inet_aton: "10", "*", "0x7f.1" and "010.0.0.1" are addresses for some parsers, not
    // all
    // the same, and for us they are none.
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefix(false)
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .allow_inet_aton(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allowLeadingZeros(false)
            .getParentBuilder()
            .toParams();

    private record Answer(String address, boolean trusted) {}

    private final List<IPAddress> networks;
    // Written without a lock: an answer is immutable, so a lost write only costs one more look at the networks.
    private final Answer[] answers = new Answer[REMEMBERED];

    /** @param networks single addresses or CIDR blocks of either family */
    public TrustedPeers(List<IPAddress> networks) {
        this.networks = List.copyOf(networks);
        Arrays.fill(answers, new Answer("", false));
    }

    /**
     * Whether an address lies in one of the networks.
     *
     * @param peerAddress an address in text, with or without a zone; anything else is not trusted
     */
    public boolean trusts(String peerAddress) {
        if (networks.isEmpty() || peerAddress.length() > LONGEST_ADDRESS) {
            return false;
        }
        int slot = peerAddress.hashCode() & (REMEMBERED - 1);
        Answer known = answers[slot];
        if (known.address().equals(peerAddress)) {
            return known.trusted();
        }
        boolean trusted = address(peerAddress).filter(this::holds).isPresent();
        answers[slot] = new Answer(peerAddress, trusted);
        return trusted;
    }

    private boolean holds(IPAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static Optional<IPAddress> address(String text) {
        if (text.indexOf(' ') >= 0) {
            return Optional.empty(); // the library would trim it
        }
        int zone = text.indexOf('%');
        var parsed = new IPAddressString(zone < 0 ? text : text.substring(0, zone), STRICT).getAddress();
        return Optional.ofNullable(parsed).map(TrustedPeers::unmapped);
    }

    // A dual-stack socket reports 10.0.0.1 as ::ffff:10.0.0.1; the operator wrote 10.0.0.0/8.
    private static IPAddress unmapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }
}
