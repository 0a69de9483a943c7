package io.github.postern.login;

import com.nimbusds.jose.JWSHeader;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** What holds for signed tokens of every kind (RFC 7519, RFC 8725). */
final class TokenShape {
    private static final int LONGEST_NAME = 255;

    private TokenShape() {}

    /** Extensions nobody here knows, an unencoded payload (RFC 7797, 7), or another token inside. */
    static boolean isExtended(JWSHeader header) {
        return header.getCriticalParams() != null
                || !header.isBase64URLEncodePayload()
                || header.getContentType() != null;
    }

    /** Whether a time is so far ahead that clocks alone do not explain it. */
    static boolean isAhead(@Nullable Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now.plus(IdTokenChecks.CLOCK_SKEW));
    }

    /** Whether a claim can name somebody or something. */
    static boolean isName(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() && text.length() <= LONGEST_NAME;
    }
}
