package io.github.postern.login;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.github.postern.config.ProviderSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.http.callback.CallbackUrlResolver;
import org.pac4j.core.http.url.UrlResolver;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;

/** Puts pac4j's OIDC client together, hardened through its own extension points. */
final class ProviderClient {
    /** The name pac4j builds its session keys from. */
    static final String NAME = "oidc";

    private final ProviderSettings settings;
    private final Function<HttpServletRequest, URI> redirectUri;
    private final Supplier<Set<String>> keptClaims;

    /**
     * @param redirectUri the {@code redirect_uri} for a request
     * @param keptClaims further claims that a header or a rule asks for
     */
    ProviderClient(
            ProviderSettings settings,
            Function<HttpServletRequest, URI> redirectUri,
            Supplier<Set<String>> keptClaims) {
        this.settings = settings;
        this.redirectUri = redirectUri;
        this.keptClaims = keptClaims;
    }

    OidcConfiguration configuration() {
        var configuration = new OidcConfiguration();
        configuration.setClientId(settings.clientId());
        configuration.setSecret(settings.clientSecret().value());
        configuration.setScope(String.join(" ", settings.scopes()));
        configuration.setUseNonce(true);
        configuration.setUseNonceOnRefresh(false);
        configuration.setPkceMethod(CodeChallengeMethod.S256);
        configuration.setMaxClockSkew((int) IdTokenChecks.CLOCK_SKEW.toSeconds());
        configuration.setExpireSessionWithToken(false);
        configuration.setValueRetriever(ProviderClient::kept);
        settings.prompt().ifPresent(prompt -> configuration.addCustomParam(OidcConfiguration.PROMPT, prompt));
        settings.signIn().responseMode().ifPresent(mode -> configuration.addCustomParam("response_mode", mode));
        settings.acrValues().ifPresent(values -> configuration.addCustomParam("acr_values", values));
        return configuration;
    }

    /** The store keeps texts; pac4j wants them typed. */
    private static Optional<Object> kept(CallContext ctx, String key, OidcClient client) {
        Optional<String> text = ctx.sessionStore().get(ctx.webContext(), key).map(Object::toString);
        return key.equals(client.getStateSessionAttributeName()) ? text.map(State::new) : text.map(CodeVerifier::new);
    }

    OidcClient client(
            OidcConfiguration configuration, ProviderMetadata provider, ProviderHttp http, Login.Chance chance) {
        configuration.setOpMetadataResolver(provider);
        var client = new OidcClient(configuration);
        client.setName(NAME);
        client.setCallbackUrl(settings.redirectUrl().map(URI::toString).orElse("/"));
        client.setCallbackUrlResolver(new RedirectUri());
        client.setRedirectionActionBuilder(new AuthorizationRequest(client, chance.random()));
        client.setAuthenticator(new TokenEndpoint(configuration, client, http, chance.clock()));
        client.setProfileCreator(
                new IdentityCreator(settings, client, provider, new UserInfo(configuration, http), keptClaims));
        client.setAjaxRequestResolver(new NeverAjax());
        client.setCheckAuthenticationAttempt(false);
        client.init();
        return client;
    }

    /** The redirect URI of each request, without pac4j's {@code client_name}. */
    private final class RedirectUri implements CallbackUrlResolver {
        @Override
        public String compute(UrlResolver urls, String url, String clientName, WebContext context) {
            return redirectUri.apply(((JEEContext) context).getNativeRequest()).toString();
        }

        @Override
        public boolean matches(String clientName, WebContext context) {
            return NAME.equals(clientName);
        }
    }
}
