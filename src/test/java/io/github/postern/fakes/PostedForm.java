package io.github.postern.fakes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A form that the provider's page posts by itself (OAuth 2.0 Form Post Response Mode).
 *
 * @param action where to
 * @param body its fields, encoded
 */
public record PostedForm(String action, String body) {
    private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\">");
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]*)\" value=\"([^\"]*)\"");

    /** The form on a page, if there is one. */
    public static Optional<PostedForm> on(Reply page) {
        return FORM.matcher(page.text())
                .results()
                .findFirst()
                .map(form -> new PostedForm(form.group(1), fields(page.text())));
    }

    Request request() {
        return Request.of("POST", Url.of(action).target()).form(body);
    }

    private static String fields(String page) {
        return FIELD.matcher(page)
                .results()
                .map(field -> field.group(1) + "=" + URLEncoder.encode(field.group(2), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
