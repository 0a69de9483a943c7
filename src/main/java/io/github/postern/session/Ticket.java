package io.github.postern.session;

import io.github.postern.config.SealingSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a browser holds of a session that is kept on the server: which one it is, and the secret without which nobody can
 * read it there. Does not print.
 *
 * @param id names the session's record, in hexadecimal; no secret
 * @param secret what the record is sealed under
 */
record Ticket(String id, SealingSecret secret) {
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    /** A ticket for a new session. */
    static Ticket of(String sessionId, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Ticket(id(sessionId), SealingSecret.of(secret));
    }

    /** The id of the record of the session with this id of its own, which is 32 random bytes: nobody finds it by guessing. */
    static String id(String sessionId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("postern ticket " + sessionId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    byte[] bytes() {
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(id), ID_BYTES + SECRET_BYTES);
        System.arraycopy(secret.bytes(), 0, bytes, ID_BYTES, SECRET_BYTES);
        return bytes;
    }

    /** Empty for bytes of another length. */
    static Optional<Ticket> read(byte[] bytes) {
        if (bytes.length != ID_BYTES + SECRET_BYTES) {
            return Optional.empty();
        }
        String id = HexFormat.of().formatHex(bytes, 0, ID_BYTES);
        return Optional.of(new Ticket(id, SealingSecret.of(Arrays.copyOfRange(bytes, ID_BYTES, bytes.length))));
    }

    @Override
    public String toString() {
        return "***";
    }
}
