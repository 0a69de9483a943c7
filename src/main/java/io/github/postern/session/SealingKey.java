package io.github.postern.session;

import io.github.postern.config.SealingSecret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

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
        byte[] key = expand(secret, "postern 1 seal " + context, 32);
        byte[] id = expand(secret, "postern 1 key id " + context, ID_BYTES);
        return new SealingKey(new SecretKeySpec(key, "AES"), id);
    }

    private static byte[] expand(SealingSecret secret, String info, int length) {
        var hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret.bytes(), new byte[0], info.getBytes(StandardCharsets.UTF_8)));
        byte[] derived = new byte[length];
        hkdf.generateBytes(derived, 0, length);
        return derived;
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
