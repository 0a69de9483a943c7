package io.github.postern.login;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;
import org.pac4j.oidc.redirect.OidcRedirectionActionBuilder;
import org.pac4j.oidc.redirect.Params;

/** pac4j's authorization request, always with state, nonce and PKCE S256 of 256 bits each (RFC 9700, 2.1.1). */
final class AuthorizationRequest extends OidcRedirectionActionBuilder {
    private final RandomText texts;

    AuthorizationRequest(OidcClient client, SecureRandom random) {
        super(client);
        this.texts = new RandomText(random);
    }

    /** pac4j begins a query even where the endpoint has one, which must be kept (RFC 6749, 3.1). */
    @Override
    protected String buildAuthenticationRequestUrl(Map<String, String> parameters) {
        String url = super.buildAuthenticationRequestUrl(parameters);
        URI endpoint = client.getConfiguration().getOpMetadataResolver().load().getAuthorizationEndpointURI();
        String begun = endpoint.toString();
        return endpoint.getRawQuery() == null ? url : begun + "&" + url.substring(begun.length() + 1);
    }

    @Override
    protected void addStateAndNonceParameters(CallContext ctx, Params params) {
        String state = texts.next();
        String nonce = texts.next();
        String verifier = texts.next();
        SessionStore store = ctx.sessionStore();
        WebContext context = ctx.webContext();
        store.set(context, client.getNonceSessionAttributeName(), nonce);
        store.set(context, client.getCodeVerifierSessionAttributeName(), verifier);
        store.set(context, client.getStateSessionAttributeName(), state);
        var challenge = CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier));
        params.requestObject().put(OidcConfiguration.STATE, state);
        params.requestObject().put(OidcConfiguration.NONCE, nonce);
        params.requestObject().put(OidcConfiguration.CODE_CHALLENGE, challenge.getValue());
        params.requestObject().put(OidcConfiguration.CODE_CHALLENGE_METHOD, CodeChallengeMethod.S256.getValue());
        AskedLevel.ask(ctx, params);
    }
}
