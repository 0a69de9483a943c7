package io.github.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;

final class ProfileCodecTest {
    private final ProfileCodec codec = new ProfileCodec();

    /** These bytes never change: version 1 as browsers hold it. */
    private static final String VERSION_ONE =
            "0180e2cfaa0680d7f4aa0680e2cfaa06026a310466336431106a6f73c3a940616b6b6f2e6c6f63616c056a6f73c3a902733102052f646174610a726f6c653a61646d696e000000";

    /** Version 2 as browsers hold it: version 1 and further claims. */
    private static final String VERSION_TWO =
            "02" + VERSION_ONE.substring(2) + "02" + "03616372010132" + "047465616d" + "02026d6c" + "036f7073";

    /** Version 3 as browsers hold it: version 2, what is known of the tokens, and the last use. */
    private static final String VERSION_THREE = "03" + VERSION_ONE.substring(2) + "00" + "ace4cfaa06" + "f6e1cfaa06"
            + "dce2cfaa06" + "106e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e";

    @Test
    void readsAndWritesVersionThreeWhereThereIsMoreToKnowOfTheTokens() {
        var profile = profile();
        profile.addAttribute("tokens_end", 1_700_000_300L);
        profile.addAttribute("auth_time", 1_699_999_990L);
        profile.addAttribute("seen", 1_700_000_092L);
        profile.addAttribute("nonce_digest", "n".repeat(16));
        assertThat(HexFormat.of().formatHex(codec.encode(profile, false))).isEqualTo(VERSION_THREE);
        var read = codec.decode(HexFormat.of().parseHex(VERSION_THREE)).orElseThrow();
        assertThat(read.getAttributes()).containsAllEntriesOf(profile.getAttributes());
        assertThat(read.getAttribute("claims")).isNull();
    }

    @Test
    void readsWhatVersionOneWrote() {
        var read = codec.decode(HexFormat.of().parseHex(VERSION_ONE)).orElseThrow();
        assertThat(read.getId()).isEqualTo("f3d1");
        assertThat(read.getEmail()).isEqualTo("josé@akko.local");
        assertThat(read.getAttribute("groups")).isEqualTo(List.of("/data", "role:admin"));
        assertThat(read.getAttribute(JwtClaims.ISSUED_AT)).isEqualTo(1_700_000_000L);
    }

    @Test
    void writesVersionOne() {
        assertThat(HexFormat.of().formatHex(codec.encode(profile(), false))).isEqualTo(VERSION_ONE);
    }

    @Test
    void readsAndWritesVersionTwoWhereThereAreFurtherClaims() {
        var profile = profile();
        profile.addAttribute("claims", new TreeMap<>(Map.of("acr", List.of("2"), "team", List.of("ml", "ops"))));
        assertThat(HexFormat.of().formatHex(codec.encode(profile, false))).isEqualTo(VERSION_TWO);
        var read = codec.decode(HexFormat.of().parseHex(VERSION_TWO)).orElseThrow();
        assertThat(read.getEmail()).isEqualTo("josé@akko.local");
        assertThat(read.getAttribute("claims")).isEqualTo(Map.of("acr", List.of("2"), "team", List.of("ml", "ops")));
    }

    @Test
    void keepsTheIdTokenOnlyWhereItIsAskedTo() {
        var profile = profile();
        profile.setIdTokenString("ey.ey.sig");
        assertThat(codec.decode(codec.encode(profile, true)).orElseThrow().getIdTokenString())
                .isEqualTo("ey.ey.sig");
        assertThat(codec.decode(codec.encode(profile, false)).orElseThrow().getIdTokenString())
                .isNull();
    }

    @Test
    void whatEndsTooEarlyIsJustEmpty() {
        byte[] whole = codec.encode(profile(), false);
        for (int length = 0; length < whole.length; length++) {
            assertThat(codec.decode(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @Test
    void anotherVersionIsJustEmpty() {
        byte[] bytes = codec.encode(profile(), false);
        bytes[0] = 4;
        assertThat(codec.decode(bytes)).isEmpty();
    }

    private static OidcProfile profile() {
        var profile = new OidcProfile();
        profile.setId("f3d1");
        profile.addAttribute("email", "josé@akko.local");
        profile.addAttribute("preferred_username", "josé");
        profile.addAttribute("sid", "s1");
        profile.addAttribute("groups", List.of("/data", "role:admin"));
        profile.addAttribute(JwtClaims.ISSUED_AT, 1_700_000_000L);
        profile.addAttribute(JwtClaims.EXPIRATION_TIME, 1_700_604_800L);
        profile.addAttribute("updated_at", 1_700_000_000L);
        profile.addAttribute(JwtClaims.JWT_ID, "j1");
        return profile;
    }
}
