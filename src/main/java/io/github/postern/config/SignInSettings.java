package io.github.postern.config;

import java.util.Optional;

/**
 * How the provider answers a sign-in, and what of its answer is used.
 *
 * @param responseMode {@code response_mode}, where one is asked for: {@code query} or {@value #FORM_POST}
 * @param relativeRedirect the {@code redirect_uri} to send without a host, if that is wanted
 * @param askProfile whether claims that the ID token lacks are asked for
 * @param keepTokens whether the browser's cookies may hold tokens
 */
public record SignInSettings(
        Optional<String> responseMode, Optional<String> relativeRedirect, boolean askProfile, boolean keepTokens) {
    static final String FORM_POST = "form_post";

    /** Whether the browser brings the provider's answer in a form it posts. */
    public boolean formPost() {
        return responseMode.filter(FORM_POST::equals).isPresent();
    }
}
