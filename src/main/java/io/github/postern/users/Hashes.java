package io.github.postern.users;

import io.github.postern.config.PasswordHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Whether a password is the one that was hashed. */
final class Hashes {
    private Hashes() {}

    /** Of a longer password bcrypt sees the first 72 bytes, as {@code htpasswd} did when it wrote the hash. */
    static boolean fits(PasswordHash hash, byte[] password) {
        return hash.bcrypt()
                ? OpenBSDBCrypt.checkPassword(hash.text(), password)
                : MessageDigest.isEqual(Base64.getDecoder().decode(hash.text()), sha1(password));
    }

    private static byte[] sha1(byte[] password) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(password);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java has SHA-1
        }
    }
}
