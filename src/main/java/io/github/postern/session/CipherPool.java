package io.github.postern.session;

import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Cipher;

/**
 * A few AES-GCM ciphers for reuse: making one costs more than opening a cookie with it, and thread locals would outlive
 * the application in the container's threads.
 */
final class CipherPool {
    private static final int SIZE = 16;
    private final ArrayBlockingQueue<Cipher> idle = new ArrayBlockingQueue<>(SIZE);

    Cipher borrow() {
        Cipher cipher = idle.poll();
        return cipher == null ? create() : cipher;
    }

    /** Takes back a cipher whose last operation succeeded. */
    void giveBack(Cipher cipher) {
        boolean kept = idle.offer(cipher);
        assert kept || idle.remainingCapacity() == 0;
    }

    private static Cipher create() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }
}
