package io.github.postern.login;

import io.github.postern.forwarded.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The provider's answer as a browser brings it: in the query, or in a form it posts (OAuth 2.0 Form Post Response Mode 2). Of
 * a posted answer the body alone counts, so that nothing can be mixed in from the address.
 */
final class AuthorizationAnswer {
    private static final String POSTED = AuthorizationAnswer.class.getName() + ".posted";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MOST_BYTES = 32 * 1024;

    private AuthorizationAnswer() {}

    /** What was read of this request; the query where there was no form. */
    static QueryString of(HttpServletRequest request) {
        return request.getAttribute(POSTED) instanceof QueryString posted
                ? posted
                : QueryString.of(request.getQueryString());
    }

    /**
     * Reads the answer, and where it is a form, keeps it for {@link #of}.
     *
     * @throws LoginFailed when there is a body that is no such form, or a very long one
     */
    static QueryString read(HttpServletRequest request) {
        if (request.getMethod().equals("POST")) {
            request.setAttribute(POSTED, QueryString.of(form(request)));
        }
        return of(request);
    }

    private static String form(HttpServletRequest request) {
        String type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals(FORM) && !type.startsWith(FORM + ";")) {
            throw new LoginFailed(Reason.BAD_RESPONSE, "the posted callback is no form");
        }
        try {
            byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw new LoginFailed(
                        Reason.BAD_RESPONSE, "the posted callback is longer than " + MOST_BYTES + " bytes");
            }
            return new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LoginFailed(Reason.BAD_RESPONSE, "the posted callback cannot be read: " + e.getMessage(), e);
        }
    }
}
