package io.github.postern.redis;

import org.pac4j.core.exception.TechnicalException;

/** Redis could not be asked, or did not answer in time: what it holds is undecided. Without a stack trace, since many come at once. */
public final class RedisAway extends TechnicalException {
    /** @param reason for the log; never holds a key or a value */
    RedisAway(String reason) {
        super(reason);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
