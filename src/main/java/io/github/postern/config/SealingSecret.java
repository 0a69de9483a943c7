package io.github.postern.config;

import java.util.HexFormat;

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

    @Override
    public String toString() {
        return "***";
    }
}
