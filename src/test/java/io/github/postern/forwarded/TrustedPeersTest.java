package io.github.postern.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedPeersTest {
    private final TrustedPeers peers = new TrustedPeers(
            Forwarded.networks("127.0.0.1", "10.0.0.0/8", "192.168.7.0/24", "::1", "fd00::/8", "fe80::/10"));

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.0.0.2, false",
        "10.0.0.0, true",
        "10.255.255.255, true",
        "11.0.0.0, false",
        "192.168.7.9, true",
        "192.168.8.9, false",
        "::1, true",
        "0:0:0:0:0:0:0:1, true",
        "::2, false",
        "fd12:3456::9, true",
        "fc00::1, false",
        "fe80::1%eth0, true",
        "fe80:0:0:0:0:0:0:1%2, true",
        "::ffff:10.1.2.3, true",
        "0:0:0:0:0:ffff:a01:203, true",
        "::ffff:11.1.2.3, false",
        "203.0.113.7, false",
    })
    void trustsItsNetworksOnly(String address, boolean trusted) {
        assertThat(peers.trusts(address)).isEqualTo(trusted);
        assertThat(peers.trusts(address)).as("remembered").isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "10",
                "10.1",
                "10.*",
                "10.0.0.0/8",
                "10.0.0.1-9",
                "0x7f.0.0.1",
                "010.0.0.1",
                "10.00.0.1",
                "127.0.0.01",
                "127.1",
                "2130706433",
                "localhost",
                "10.0.0.1:80",
                "[::1]",
                "%",
                "::1 ",
                "unknown",
                "10.0.0.1, 10.0.0.2",
                "::/0",
                "1.2.3.4.5",
                "10.0.0.256"
            })
    void trustsNothingElse(String text) {
        assertThat(peers.trusts(text)).isFalse();
        assertThat(peers.trusts("1".repeat(70_000))).isFalse();
    }

    @Test
    void trustsNobodyWhereNoNetworkIsGiven() {
        assertThat(new TrustedPeers(List.of()).trusts("127.0.0.1")).isFalse();
    }

    @Test
    void aMappedAddressIsNoAddressOfTheOtherFamily() {
        assertThat(new TrustedPeers(Forwarded.networks("::/0")).trusts("::ffff:203.0.113.7"))
                .isFalse();
        assertThat(new TrustedPeers(Forwarded.networks("::/0")).trusts("2001:db8::1"))
                .isTrue();
    }

    @Test
    void staysRightForMoreAddressesThanItRemembers() {
        for (int round = 0; round < 2; round++) {
            for (int host = 0; host < 2000; host++) {
                String rest = (host >> 8) + "." + (host & 255);
                assertThat(peers.trusts("10.0." + rest)).isTrue();
                assertThat(peers.trusts("11.0." + rest)).isFalse();
            }
        }
    }
}
