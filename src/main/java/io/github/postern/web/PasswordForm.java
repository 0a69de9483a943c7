package io.github.postern.web;

import io.github.postern.forwarded.QueryString;
import io.github.postern.users.Attempt;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the form on the sign-in page sends. Read from the body alone: a password in an address would end up in logs.
 *
 * @param name the user's name; empty when there is none
 * @param password their password
 * @param target {@code rd}, unchecked
 */
record PasswordForm(String name, String password, String target) {
    /** More is no form of ours. */
    static final int MOST_BYTES = 16 * 1024;

    /** What was sent; empty fields for what is no form, or too much to be one. */
    static PasswordForm read(HttpServletRequest request) throws IOException {
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        boolean form = type.startsWith("application/x-www-form-urlencoded") && body.length <= MOST_BYTES;
        var fields = QueryString.of(form ? new String(body, StandardCharsets.ISO_8859_1) : "");
        return new PasswordForm(field(fields, "username"), field(fields, "password"), field(fields, "rd"));
    }

    private static String field(QueryString fields, String name) {
        return fields.first(name).orElse("");
    }

    Attempt attempt() {
        return new Attempt(name, password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
