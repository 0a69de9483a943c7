package io.github.postern.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/** Which states were redeemed already: each is good for one exchange (RFC 9700, 4.5). Bounded in number and age. */
final class Attempts {
    private static final int MOST = 100_000;
    private final Cache<String, Boolean> redeemed;

    /** @param lifetime how long an attempt may take; older ones need not be remembered */
    Attempts(Duration lifetime) {
        this.redeemed = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(lifetime)
                .build();
    }

    /** Whether this call, and no other, may redeem the state. */
    boolean claim(String state) {
        return redeemed.asMap().putIfAbsent(state, Boolean.TRUE) == null;
    }

    boolean redeemed(String state) {
        return redeemed.getIfPresent(state) != null;
    }
}
