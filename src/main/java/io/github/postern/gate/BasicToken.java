package io.github.postern.gate;

import io.github.postern.login.BearerTokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A JWT inside Basic credentials: as user without a password, or as password of whatever user. */
final class BasicToken {
    static final String SCHEME = "Basic ";

    /** What some programs send for no password. */
    private static final String NO_PASSWORD = "x-oauth-basic";

    /** Base64 makes four letters of three. */
    private static final int LONGEST = 2 * BearerTokens.LONGEST;

    private BasicToken() {}

    /** The token; empty where the credentials hold none, and so are somebody else's business. */
    static Optional<String> in(String header) {
        if (header.length() > LONGEST) {
            return Optional.empty();
        }
        String pair = decoded(header.substring(SCHEME.length()));
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String user = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        if (JwtShape.fits(user)) {
            return Optional.of(user).filter(token -> password.isEmpty() || password.equals(NO_PASSWORD));
        }
        return Optional.of(password).filter(JwtShape::fits);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
