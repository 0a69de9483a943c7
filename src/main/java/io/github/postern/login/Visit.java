package io.github.postern.login;

import io.github.postern.config.ProviderSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.function.Function;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.oidc.client.OidcClient;

/**
 * What every step of a visit to the provider needs.
 *
 * @param settings the provider as the operator named it
 * @param store where attempts and sessions are kept
 * @param provider the provider as it described itself
 * @param client pac4j's client of it
 * @param redirectUri our {@code redirect_uri} for a request
 */
record Visit(
        ProviderSettings settings,
        SessionStore store,
        ProviderMetadata provider,
        OidcClient client,
        Function<HttpServletRequest, URI> redirectUri) {
    /** pac4j's view of a request. */
    CallContext context(HttpServletRequest request, HttpServletResponse response) {
        return new CallContext(new CallbackContext(request, response), store);
    }
}
