package io.github.postern.login;

import java.time.Instant;
import java.util.Optional;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * What became of a session's renewal.
 *
 * @param profile the session from now on; empty when it has ended
 * @param pause nothing is tried before it is over
 * @param saved whether nothing of it is left to be saved where sessions are kept
 */
record Renewal(Optional<OidcProfile> profile, BackOff pause, boolean saved) {
    static final Renewal ENDED = new Renewal(Optional.empty(), BackOff.NONE, true);

    /** The session as it is from now on. */
    static Renewal to(OidcProfile profile, Instant now) {
        return new Renewal(Optional.of(profile), BackOff.rest(now), true);
    }

    /** The session as it was; to be tried again later. */
    static Renewal later(OidcProfile unchanged, BackOff pause) {
        return new Renewal(Optional.of(unchanged), pause, true);
    }

    /** The same, which could not be saved. */
    Renewal unsaved() {
        return new Renewal(profile, pause, false);
    }

    /** The later of the two: what is known here, and what the browser or the store has. */
    OidcProfile newest(OidcProfile other) {
        return profile.filter(known -> SessionTerms.isNewer(known, other)).orElse(other);
    }
}
