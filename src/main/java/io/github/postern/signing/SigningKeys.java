package io.github.postern.signing;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.postern.config.SealingSecret;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * The keys of each day, derived from the cookie secrets: replicas sign with the same key and publish the same set without
 * talking to each other. What was signed yesterday, or by a replica whose clock runs ahead, can be checked today.
 */
public final class SigningKeys {
    private static final long PERIOD_SECONDS = 86_400;

    private final Supplier<List<SealingSecret>> secrets;
    private final String context;
    private final InstantSource clock;
    private volatile KeysOfDay keys;

    /**
     * @param secrets the first signs, the keys of all are published; asked each time, and the same list until they change
     * @param context what distinguishes this gateway from others under the same secret
     * @param clock now
     */
    public SigningKeys(Supplier<List<SealingSecret>> secrets, String context, InstantSource clock) {
        this.secrets = secrets;
        this.context = context;
        this.clock = clock;
        this.keys = keysOf(secrets.get(), today());
    }

    /** Keys of secrets that never change. */
    public SigningKeys(List<SealingSecret> secrets, String context, InstantSource clock) {
        this(() -> secrets, context, clock);
    }

    /** A compact JWT, signed with ES256. */
    public String sign(JWTClaimsSet claims) {
        return current().sign(claims);
    }

    /** What {@link #sign} signs with at the moment, to compare with: another day or other secrets make another. */
    public Object now() {
        return current();
    }

    /** The public keys of yesterday, today and tomorrow, as a JWK set (RFC 7517). */
    public String published() {
        return current().published();
    }

    /** On the first request of a day several threads may derive the same keys: cheaper than a lock on every other request. */
    private KeysOfDay current() {
        KeysOfDay now = keys;
        List<SealingSecret> listed = secrets.get();
        long today = today();
        if (!now.areOf(listed, today)) {
            now = keysOf(listed, today);
            keys = now;
        }
        return now;
    }

    private KeysOfDay keysOf(List<SealingSecret> listed, long day) {
        return KeysOfDay.derive(listed, "postern 1 signed identity " + context, day);
    }

    private long today() {
        return Math.floorDiv(clock.instant().getEpochSecond(), PERIOD_SECONDS);
    }
}
