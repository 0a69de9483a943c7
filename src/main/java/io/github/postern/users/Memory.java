package io.github.postern.users;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.postern.config.PasswordFile;
import io.github.postern.config.PasswordHash;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One version of the password file, and what was lately found out by it, because programs send name and password with every
 * request. Keeps no password, only a hash of it under a key that nobody else has.
 */
final class Memory {
    private static final int MOST_KEPT = 10_000;
    private static final Duration RIGHT_KEPT = Duration.ofMinutes(5);
    private static final Duration WRONG_KEPT = Duration.ofMinutes(1);
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final PasswordFile file;
    private final List<PasswordHash> decoys;
    private final SecretKeySpec secret;
    private final AsyncCache<String, Answer> answers =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfter(new Kept()).buildAsync();

    /** @param random where the key comes from */
    Memory(PasswordFile file, SecureRandom random) {
        this.file = file;
        this.decoys = List.copyOf(file.users().values());
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.secret = new SecretKeySpec(key, HMAC);
    }

    boolean isOf(PasswordFile now) {
        return file.equals(now); // costs nothing while it is the same object
    }

    AsyncCache<String, Answer> answers() {
        return answers;
    }

    /** What is remembered of this name and password; empty while it is still being found out. */
    Optional<Answer> known(String key) {
        CompletableFuture<Answer> answer = answers.getIfPresent(key);
        if (answer == null || !answer.isDone() || answer.isCompletedExceptionally()) {
            return Optional.empty();
        }
        return Optional.of(answer.join());
    }

    /** Stands for a name and a password. */
    String key(Attempt attempt) {
        byte[] text = attempt.name().getBytes(UTF_8);
        byte[] password = attempt.password();
        byte[] both = ByteBuffer.allocate(Integer.BYTES + text.length + password.length)
                .putInt(text.length)
                .put(text)
                .put(password)
                .array();
        return new String(hmac(both), ISO_8859_1);
    }

    /**
     * The answer that a look at the hash gives. An unknown name costs what one of the known names costs, always the same one, so
     * that the time an answer takes does not tell who is in the file.
     */
    Answer find(Attempt attempt) {
        PasswordHash hash = file.users().get(attempt.name());
        boolean fits = Hashes.fits(hash == null ? decoy(attempt.name()) : hash, attempt.password());
        return fits && hash != null ? Answer.RIGHT : Answer.WRONG;
    }

    private PasswordHash decoy(String name) {
        int number = ByteBuffer.wrap(hmac(name.getBytes(UTF_8))).getInt();
        return decoys.get(Math.floorMod(number, decoys.size()));
    }

    private byte[] hmac(byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java has it
        }
    }

    /** What was not looked at is not remembered. */
    private static final class Kept implements Expiry<String, Answer> {
        @Override
        public long expireAfterCreate(String key, Answer answer, long now) {
            return switch (answer.kind()) {
                case RIGHT -> RIGHT_KEPT.toNanos();
                case WRONG -> WRONG_KEPT.toNanos();
                case TOO_OFTEN, BUSY -> 0;
            };
        }

        @Override
        public long expireAfterUpdate(String key, Answer answer, long now, long left) {
            return expireAfterCreate(key, answer, now);
        }

        @Override
        public long expireAfterRead(String key, Answer answer, long now, long left) {
            return left;
        }
    }
}
