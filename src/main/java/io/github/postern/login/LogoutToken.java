package io.github.postern.login;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Optional;

/**
 * Whose sessions the provider has ended; {@code sid}, {@code sub} or both are there (Back-Channel Logout 1.0, 2.4).
 *
 * @param id the token's own name, good for one use
 * @param until when nobody would accept it any more
 */
record LogoutToken(String id, Optional<String> sid, Optional<String> sub, Instant until) {
    LogoutToken {
        if (sid.isEmpty() && sub.isEmpty()) {
            throw new IllegalArgumentException("a logout token names a session or a user");
        }
    }

    /** @param claims such as {@link LogoutRules} has no complaint about */
    static LogoutToken of(JWTClaimsSet claims) {
        Instant expires = claims.getExpirationTime().toInstant();
        Instant tooOld = claims.getIssueTime().toInstant().plus(LogoutRules.OLDEST);
        Instant until = expires.isBefore(tooOld) ? expires : tooOld;
        return new LogoutToken(
                claims.getJWTID(), text(claims, "sid"), text(claims, "sub"), until.plus(IdTokenChecks.CLOCK_SKEW));
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return Optional.ofNullable(claims.getClaim(name)).map(Object::toString);
    }

    /** A session of the provider, whoever's it is; else all of a user's. */
    SessionKey key() {
        return sid.map(SessionKey::sid).orElseGet(() -> SessionKey.sub(sub.orElseThrow()));
    }
}
