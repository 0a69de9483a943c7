package io.github.postern;

import io.github.postern.login.Turns;
import io.github.postern.redis.Redis;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pac4j.core.exception.TechnicalException;

/** Turns of replicas that share a Redis. A replica that dies with the turn keeps the others waiting for some seconds. */
final class RedisTurns implements Turns {
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int TOKEN_BITS = 128;
    private static final int HEX = 16;
    private final Redis redis;
    private final UnaryOperator<String> keyOf;
    private final SecureRandom random;

    /** @param keyOf the key for a session's id, which must not stand in Redis itself */
    RedisTurns(Redis redis, UnaryOperator<String> keyOf, SecureRandom random) {
        this.redis = redis;
        this.keyOf = keyOf;
        this.random = random;
    }

    @Override
    public Optional<Runnable> take(String session) {
        String key = keyOf.apply(session);
        String token = new BigInteger(TOKEN_BITS, random).toString(HEX);
        return redis.claim(key, token, LONGEST) ? Optional.of(() -> giveBack(key, token)) : Optional.empty();
    }

    private void giveBack(String key, String token) {
        try {
            redis.release(key, token);
        } catch (TechnicalException e) {
            // it ends by itself
        }
    }
}
