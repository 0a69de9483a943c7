package io.github.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.SealingSecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealTest {
    private static final SealingSecret SECRET = secret("0123456789abcdef0123456789abcdef");
    private static final SealingSecret OTHER = secret("fedcba9876543210fedcba9876543210");
    private static final String PURPOSE = "session _akko_oauth2";

    /** This text never changes: cookies that browsers hold must go on opening. */
    private static final String VERSION_ONE = "AUrAbO5atoGvbfQdesEB30ezGgXTm_K3RUxH6kOTZHBao81y";

    @Test
    void opensWhatVersionOneWrote() {
        assertThat(seal(SECRET).open(VERSION_ONE, PURPOSE)).hasValue(bytes("alice"));
    }

    @Test
    void opensWhatItSealed() {
        var seal = seal(SECRET);
        assertThat(seal.open(seal.seal(bytes("alice"), PURPOSE), PURPOSE)).hasValue(bytes("alice"));
    }

    @Test
    void opensForItsOwnPurposeOnly() {
        var seal = seal(SECRET);
        assertThat(seal.open(seal.seal(bytes("alice"), PURPOSE), "login x")).isEmpty();
    }

    @Test
    void opensInItsOwnContextOnly() {
        String sealed = seal(SECRET).seal(bytes("alice"), PURPOSE);
        var elsewhere = new Seal(List.of(SECRET), "another realm", new SecureRandom());
        assertThat(elsewhere.open(sealed, PURPOSE)).isEmpty();
    }

    @Test
    void opensUnderEverySecretAndSealsUnderTheFirst() {
        String old = seal(OTHER).seal(bytes("alice"), PURPOSE);
        var rotated = new Seal(List.of(SECRET, OTHER), "context", new SecureRandom());
        assertThat(rotated.open(old, PURPOSE)).hasValue(bytes("alice"));
        assertThat(seal(OTHER).open(rotated.seal(bytes("bob"), PURPOSE), PURPOSE))
                .isEmpty();
    }

    @Test
    void goesByTheSecretsOfTheMoment() {
        var secrets = new AtomicReference<>(List.of(OTHER));
        var rolling = new Seal(secrets::get, "context", new SecureRandom());
        String old = rolling.seal(bytes("alice"), PURPOSE);
        secrets.set(List.of(SECRET, OTHER));
        assertThat(rolling.open(old, PURPOSE)).hasValue(bytes("alice"));
        assertThat(seal(SECRET).open(rolling.seal(bytes("bob"), PURPOSE), PURPOSE))
                .hasValue(bytes("bob"));
        secrets.set(List.of(SECRET));
        assertThat(rolling.open(old, PURPOSE)).isEmpty();
    }

    @Test
    void noBitCanBeFlipped() {
        var seal = seal(SECRET);
        byte[] sealed = Base64.getUrlDecoder().decode(seal.seal(bytes("alice"), PURPOSE));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(seal.open(Base64.getUrlEncoder().withoutPadding().encodeToString(changed), PURPOSE))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void hasOneSpellingOnly() {
        var seal = seal(SECRET);
        String sealed = seal.seal(bytes("alice!"), PURPOSE);
        char last = sealed.charAt(sealed.length() - 1);
        String respelled = sealed.substring(0, sealed.length() - 1) + (char) (last + 1);
        assertThat(Base64.getUrlDecoder().decode(respelled))
                .isEqualTo(Base64.getUrlDecoder().decode(sealed));
        assertThat(seal.open(respelled, PURPOSE)).isEmpty();
        assertThat(seal.open(sealed + "=", PURPOSE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "AQ", "====", "not base64 !", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoSealIsJustEmpty(String text) {
        assertThat(seal(SECRET).open(text, PURPOSE)).isEmpty();
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        var seal = seal(SECRET);
        Set<String> beginnings = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            beginnings.add(seal.seal(bytes("alice"), PURPOSE).substring(0, 22));
        }
        assertThat(beginnings).hasSize(1000);
    }

    private static Seal seal(SealingSecret secret) {
        return new Seal(List.of(secret), "context", new SecureRandom());
    }

    private static SealingSecret secret(String text) {
        return SealingSecret.of(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
