package io.github.postern.session;

import io.github.postern.config.SealingSecret;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** One AES-256 key with the short id that tells which of several keys made a seal; derived by HKDF-SHA256 (RFC 5869). */
final class SealingKey {
    static final int ID_BYTES = 2;
    private final SecretKey key;
    private final byte[] id;

    private SealingKey(SecretKey key, byte[] id) {
        this.key = key;
        this.id = id;
    }

    static SealingKey derive(SealingSecret secret, String context) {
        byte[] key = secret.derive("postern 1 seal " + context, 32);
        byte[] id = secret.derive("postern 1 key id " + context, ID_BYTES);
        return new SealingKey(new SecretKeySpec(key, "AES"), id);
    }

    SecretKey key() {
        return key;
    }

    byte[] id() {
        return id.clone();
    }

    boolean made(byte[] sealed, int idAt) {
        return Arrays.equals(sealed, idAt, idAt + ID_BYTES, id, 0, ID_BYTES);
    }
}
