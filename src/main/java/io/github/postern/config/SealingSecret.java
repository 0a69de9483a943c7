package io.github.postern.config;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Key material from {@code cookie-secret}: 16, 24 or 32 bytes. Does not print.
 *
 * @param hex the bytes in hexadecimal, so that the record compares by value and cannot be changed
 */
public record SealingSecret(String hex) {
    public SealingSecret {
        int length = hex.length() / 2;
        if (length != 16 && length != 24 && length != 32) {
            throw new IllegalArgumentException("16, 24 or 32 bytes expected, not " + length);
        }
    }

    /** @param bytes 16, 24 or 32 bytes */
    public static SealingSecret of(byte[] bytes) {
        return new SealingSecret(HexFormat.of().formatHex(bytes));
    }

    /** A fresh copy of the bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /**
     * Key bytes for one purpose, which tell nothing of this secret or of those for another (HKDF-SHA256, RFC 5869).
     *
     * @param purpose what the bytes are for; the same purpose gives the same bytes on every replica
     * @param length how many bytes
     */
    public byte[] derive(String purpose, int length) {
        var hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(bytes(), new byte[0], purpose.getBytes(StandardCharsets.UTF_8)));
        byte[] derived = new byte[length];
        hkdf.generateBytes(derived, 0, length);
        return derived;
    }

    @Override
    public String toString() {
        return "***";
    }
}
