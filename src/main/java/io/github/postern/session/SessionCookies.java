package io.github.postern.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;

/** The session cookie: who is signed in, sealed, and no more bytes than a check needs. */
final class SessionCookies {
    /** A replica's clock may run ahead by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int MOST_CANDIDATES = 64;
    private final Seal seal;
    private final SealedCookie cookie;
    private final CookieParts parts;
    private final String purpose;
    private final InstantSource clock;
    private final boolean withIdToken;
    private final ProfileCodec codec = new ProfileCodec();

    SessionCookies(Seal seal, SealedCookie cookie, Name name, InstantSource clock) {
        this.seal = seal;
        this.cookie = cookie;
        this.parts = new CookieParts(name.cookie());
        this.purpose = "session " + name.cookie();
        this.withIdToken = name.withIdToken();
        this.clock = clock;
    }

    Optional<OidcProfile> read(HttpServletRequest request) {
        int tries = 0;
        for (String value : parts.whole(request)) {
            Optional<OidcProfile> profile = open(value);
            if (profile.isPresent() || ++tries == MOST_CANDIDATES) {
                return profile;
            }
        }
        return parts.joined(request).flatMap(this::open);
    }

    private Optional<OidcProfile> open(String value) {
        return seal.open(value, purpose)
                .flatMap(Deflated::unpack)
                .flatMap(codec::decode)
                .filter(this::isCurrent);
    }

    private boolean isCurrent(OidcProfile profile) {
        Instant now = clock.instant();
        long began = (long) profile.getAttribute(JwtClaims.ISSUED_AT);
        long ends = (long) profile.getAttribute(JwtClaims.EXPIRATION_TIME);
        boolean begun = began <= now.plus(CLOCK_SKEW).getEpochSecond();
        return begun && (ends == 0 || now.getEpochSecond() < ends);
    }

    /** Writes the session and takes away every part of an older one. */
    void write(HttpServletRequest request, HttpServletResponse response, OidcProfile profile) {
        List<SealedCookie.Named> written =
                parts.split(seal.seal(Deflated.pack(codec.encode(profile, withIdToken)), purpose));
        Duration lifetime = remaining(profile);
        written.forEach(part -> cookie.write(request, response, part, lifetime));
        SealedCookie.names(request)
                .filter(name -> parts.owns(name)
                        && written.stream().noneMatch(part -> part.name().equals(name)))
                .forEach(stale -> cookie.delete(request, response, stale));
    }

    /** Zero for a session that ends with the browser. */
    Duration remaining(OidcProfile profile) {
        return BrowserSessionStore.remaining(profile, clock);
    }

    /** Takes away every session cookie the browser sent. */
    void delete(HttpServletRequest request, HttpServletResponse response) {
        cookie.deleteAll(request, response, parts::owns);
    }

    /**
     * The cookie's name, and whether every check needs the ID token that could travel in it.
     */
    record Name(String cookie, boolean withIdToken) {}
}
