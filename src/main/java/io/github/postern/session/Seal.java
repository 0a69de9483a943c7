package io.github.postern.session;

import io.github.postern.config.SealingSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals bytes so that nobody else can read or change them: AES-256-GCM (NIST SP 800-38D) under keys derived from the
 * cookie secrets. A seal is bound to a purpose; what was sealed for one purpose does not open for another.
 *
 * <p>Sealed form, base64url: version 1 (one byte), key id (two bytes), nonce (twelve bytes), ciphertext and tag.
 */
public final class Seal {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + SealingKey.ID_BYTES + NONCE_BYTES;

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final DerivedKeys<SealingKey> keys;
    private final SecureRandom random;
    private final CipherPool ciphers = new CipherPool();

    /**
     * @param secrets the first seals, all open; asked each time, and the same list until they change
     * @param context what distinguishes this gateway from others under the same secret, such as issuer and client
     * @param random where nonces come from
     */
    public Seal(Supplier<List<SealingSecret>> secrets, String context, SecureRandom random) {
        this.keys = new DerivedKeys<>(secrets, secret -> SealingKey.derive(secret, context));
        this.random = random;
    }

    /** A seal whose secrets never change. */
    public Seal(List<SealingSecret> secrets, String context, SecureRandom random) {
        this(() -> secrets, context, random);
    }

    /**
     * Seals {@code plain} for {@code purpose}.
     *
     * @return base64url text without padding
     */
    public String seal(byte[] plain, String purpose) {
        SealingKey key = keys.all().get(0);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer sealed = ByteBuffer.allocate(HEADER_BYTES + plain.length + TAG_BITS / 8);
        sealed.put(VERSION).put(key.id()).put(nonce);
        Cipher cipher = ciphers.borrow();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            cipher.doFinal(ByteBuffer.wrap(plain), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not work on this Java", e);
        }
        ciphers.giveBack(cipher);
        return TEXT.encodeToString(sealed.array());
    }

    /**
     * Opens what {@link #seal} made for the same purpose. Forged, truncated, of an unknown key or version, for another
     * purpose, or spelled otherwise than it was written (base64 has spare bits): all just empty.
     */
    public Optional<byte[]> open(String sealed, String purpose) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean canonical = TEXT.encodeToString(bytes).equals(sealed);
        if (!canonical || bytes.length < HEADER_BYTES + TAG_BITS / 8 || bytes[0] != VERSION) {
            return Optional.empty();
        }
        for (SealingKey key : keys.all()) {
            Optional<byte[]> plain = key.made(bytes, 1) ? decrypt(key, bytes, purpose) : Optional.empty();
            if (plain.isPresent()) {
                return plain;
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> decrypt(SealingKey key, byte[] sealed, String purpose) {
        Cipher cipher = ciphers.borrow();
        try {
            int nonceAt = HEADER_BYTES - NONCE_BYTES;
            cipher.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(TAG_BITS, sealed, nonceAt, NONCE_BYTES));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            byte[] plain = cipher.doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
            ciphers.giveBack(cipher);
            return Optional.of(plain);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
