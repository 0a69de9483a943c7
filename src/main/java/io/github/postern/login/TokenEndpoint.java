package io.github.postern.login;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.InstantSource;
import java.util.Optional;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;
import org.pac4j.oidc.credentials.OidcCredentials;
import org.pac4j.oidc.credentials.authenticator.OidcAuthenticator;

/**
 * pac4j's code and refresh exchange (RFC 6749, 4.1.3 and 6), with calls that end in time and failures that say who is to
 * blame. Throws {@link LoginFailed}.
 */
final class TokenEndpoint extends OidcAuthenticator {
    private final ProviderHttp http;
    private final InstantSource clock;

    TokenEndpoint(OidcConfiguration configuration, OidcClient client, ProviderHttp http, InstantSource clock) {
        super(configuration, client);
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Optional<Credentials> validate(CallContext ctx, Credentials credentials) {
        if (!(credentials instanceof OidcCredentials tokens) || tokens.toAuthorizationCode() == null) {
            return Optional.empty();
        }
        var verifier = (CodeVerifier) configuration
                .getValueRetriever()
                .retrieve(ctx, client.getCodeVerifierSessionAttributeName(), client)
                .orElseThrow(() -> new LoginFailed(Reason.UNKNOWN_ATTEMPT, "no code_verifier was kept"));
        var callback = URI.create(client.computeFinalCallbackUrl(ctx.webContext()));
        exchange(new AuthorizationCodeGrant(tokens.toAuthorizationCode(), callback, verifier), tokens);
        if (tokens.getIdToken() == null) {
            throw new LoginFailed(Reason.TOKEN_INVALID, "the token response has no id_token");
        }
        return Optional.of(tokens);
    }

    @Override
    public void refresh(OidcCredentials credentials) {
        exchange(new RefreshTokenGrant(credentials.toRefreshToken()), credentials);
    }

    private void exchange(AuthorizationGrant grant, OidcCredentials into) {
        try {
            HTTPResponse answer = createTokenRequest(grant).toHTTPRequest().send(http.to(ProviderCalls.Endpoint.TOKEN));
            if (answer.getStatusCode() >= HTTPResponse.SC_SERVER_ERROR || answer.getStatusCode() == 429) {
                throw LoginFailed.byOutage(
                        "the token endpoint answered " + answer.getStatusCode(),
                        RetryAfter.of(answer.getHeaderValue(RetryAfter.HEADER), clock.instant()));
            }
            if (answer.indicatesSuccess()) {
                requireBearer(answer);
                if (grant instanceof RefreshTokenGrant) {
                    requireAccessToken(answer);
                }
                keep(tokens(answer), into);
            } else {
                throw refusal(TokenErrorResponse.parse(answer).getErrorObject());
            }
        } catch (HttpTimeoutException e) {
            throw new LoginFailed(Reason.PROVIDER_SLOW, "token endpoint: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LoginFailed(Reason.PROVIDER_BROKEN, "the token endpoint cannot be reached: " + e, e);
        } catch (ParseException e) {
            throw new LoginFailed(Reason.PROVIDER_BROKEN, "the token response is unreadable: " + e.getMessage(), e);
        }
    }

    /** Tokens that cannot be read are forged or broken: either way they are not the user's. */
    private static OIDCTokens tokens(HTTPResponse answer) {
        try {
            return OIDCTokenResponse.parse(answer).getOIDCTokens();
        } catch (ParseException e) {
            throw new LoginFailed(
                    Reason.TOKEN_INVALID, "the token response holds no usable tokens: " + e.getMessage(), e);
        }
    }

    /** A token of another type needs a proof we do not make. RFC 6749, 7.1 */
    private static void requireBearer(HTTPResponse answer) throws ParseException {
        Object type = answer.getBodyAsJSONObject().get("token_type");
        if (!"Bearer".equalsIgnoreCase(String.valueOf(type))) {
            throw new LoginFailed(Reason.PROVIDER_BROKEN, "the token response's token_type is not Bearer");
        }
    }

    /** An answer that is none ends nobody's session; one with a bad ID token does. */
    private static void requireAccessToken(HTTPResponse answer) throws ParseException {
        if (!(answer.getBodyAsJSONObject().get("access_token") instanceof String)) {
            throw new LoginFailed(Reason.PROVIDER_BROKEN, "the token response holds no access_token");
        }
    }

    private static LoginFailed refusal(ErrorObject error) {
        String code = Optional.ofNullable(error.getCode()).orElse("(no error code)");
        boolean ours = code.equals("invalid_client") || code.equals("unauthorized_client");
        Reason theirs = code.equals("invalid_grant") ? Reason.CODE_REFUSED : Reason.PROVIDER_ERROR;
        Reason reason = ours ? Reason.CLIENT_REFUSED : theirs;
        String cure = ours ? "; check client-id and client-secret" : "";
        return new LoginFailed(
                reason, "the token endpoint refused: " + code + " (" + error.getDescription() + ")" + cure);
    }

    private static void keep(OIDCTokens tokens, OidcCredentials into) {
        if (tokens.getAccessToken() != null) {
            into.setAccessToken(tokens.getAccessToken().toJSONObject());
        }
        if (tokens.getRefreshToken() != null) {
            into.setRefreshToken(tokens.getRefreshToken().toJSONObject());
        }
        if (tokens.getIDToken() != null) {
            into.setIdToken(tokens.getIDToken().serialize());
        }
    }
}
