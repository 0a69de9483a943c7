package io.github.postern.web;

import io.github.postern.forwarded.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The form in a request's body, whatever stands in its address; bounded. */
final class PostedForm {
    private static final String TYPE = "application/x-www-form-urlencoded";

    private PostedForm() {}

    /**
     * The form's parameters.
     *
     * @param mostBytes the longest body that is read
     * @return empty when there is no form, or a longer one
     */
    static Optional<QueryString> read(HttpServletRequest request, int mostBytes) throws IOException {
        String type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals(TYPE) && !type.startsWith(TYPE + ";")) {
            return Optional.empty();
        }
        byte[] body = request.getInputStream().readNBytes(mostBytes + 1);
        return body.length > mostBytes
                ? Optional.empty()
                : Optional.of(QueryString.of(new String(body, StandardCharsets.UTF_8)));
    }
}
