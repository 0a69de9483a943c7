package io.github.postern.login;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.pac4j.oidc.config.OidcConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider's user info (OpenID Connect Core 5.3). Where it cannot be had, the ID token's claims stand alone. */
final class UserInfo {
    private static final Logger LOG = LoggerFactory.getLogger(UserInfo.class);
    private final OidcConfiguration configuration;
    private final ProviderHttp http;

    UserInfo(OidcConfiguration configuration, ProviderHttp http) {
        this.configuration = configuration;
        this.http = http;
    }

    /**
     * The claims about {@code subject}: none where there is no such endpoint, empty where it fails.
     *
     * @throws LoginFailed when they are about somebody else (OpenID Connect Core 5.3.2)
     */
    Optional<Map<String, Object>> claims(AccessToken token, String subject) {
        var endpoint = configuration.getOpMetadataResolver().load().getUserInfoEndpointURI();
        if (endpoint == null || token == null) {
            return Optional.of(Map.of());
        }
        try {
            HTTPResponse answer =
                    new UserInfoRequest(endpoint, token).toHTTPRequest().send(http.to(ProviderCalls.Endpoint.USERINFO));
            Map<String, Object> claims = parse(answer);
            if (!claims.isEmpty() && !subject.equals(claims.get("sub"))) {
                throw new LoginFailed(Reason.TOKEN_INVALID, "the user info's sub is not the ID token's");
            }
            return Optional.of(claims);
        } catch (IOException | ParseException e) {
            LOG.warn("The user info cannot be had, the ID token's claims stand alone: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Map<String, Object> parse(HTTPResponse answer) throws ParseException {
        UserInfoResponse response = UserInfoResponse.parse(answer);
        if (!response.indicatesSuccess()) {
            throw new ParseException("the endpoint answered " + answer.getStatusCode());
        }
        var info = response.toSuccessResponse().getUserInfo();
        if (info == null) {
            // A JWT would have to be verified first: an unsigned one is anybody's word.
            throw new ParseException("the endpoint answered with a JWT, which was not asked for");
        }
        return info.toJSONObject();
    }
}
