package io.github.postern.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The ID token, kept for the provider's {@code id_token_hint} at sign-out only. Its own cookie, whose path is our prefix, so
 * that no request of an app carries it.
 */
final class IdTokenCookie {
    private static final int MOST_CHARACTERS = 3900;
    private final Seal seal;
    private final SealedCookie cookie;
    private final String name;

    IdTokenCookie(Seal seal, SealedCookie cookie, String sessionName) {
        this.seal = seal;
        this.cookie = cookie;
        this.name = sessionName + "_tokens";
    }

    /** Empty unless the token belongs to the session of this id. */
    Optional<String> read(HttpServletRequest request, String sessionId) {
        return SealedCookie.values(request, name).stream()
                .flatMap(value -> seal.open(value, purpose(sessionId)).stream())
                .flatMap(bytes -> Deflated.unpack(bytes).stream())
                .map(bytes -> new FieldReader(bytes).text())
                .findFirst();
    }

    /** A token that does not fit is not kept; sign-out then names the client instead (RP-Initiated Logout 1.0, 2). */
    void write(HttpServletRequest request, HttpServletResponse response, String sessionId, Kept token) {
        var fields = new FieldWriter();
        fields.text(token.text());
        String sealed = seal.seal(Deflated.pack(fields.bytes()), purpose(sessionId));
        if (sealed.length() > MOST_CHARACTERS) {
            delete(request, response);
            return;
        }
        cookie.write(request, response, new SealedCookie.Named(name, sealed), token.lifetime());
    }

    void delete(HttpServletRequest request, HttpServletResponse response) {
        if (SealedCookie.names(request).anyMatch(name::equals)) {
            cookie.delete(request, response, name);
        }
    }

    private String purpose(String sessionId) {
        return "id token " + name + " " + sessionId;
    }

    /** An ID token and how long its cookie lasts. */
    record Kept(String text, Duration lifetime) {}
}
