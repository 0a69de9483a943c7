package io.github.postern.login;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts of 256 random bits that stand in URLs and cookies unescaped (RFC 4648, 5). */
final class RandomText {
    private static final int BYTES = 32;
    private final SecureRandom random;

    RandomText(SecureRandom random) {
        this.random = random;
    }

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
