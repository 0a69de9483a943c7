package io.github.postern.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import io.github.postern.config.ProviderSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.core.profile.creator.ProfileCreator;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.credentials.OidcCredentials;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * Turns validated tokens into the profile we keep: subject, e-mail, user name, groups, and the tokens. Throws
 * {@link LoginFailed} where a check fails.
 */
final class IdentityCreator implements ProfileCreator {
    private static final String EMAIL = "email";

    /** What fits into one answer of this server; proxies may take less until their buffers are made larger. */
    private static final int MOST_GROUP_BYTES = 24_000;

    private final ProviderSettings settings;
    private final OidcClient client;
    private final ProviderMetadata provider;
    private final UserInfo userInfo;
    private final KeycloakRoles roles;

    IdentityCreator(ProviderSettings settings, OidcClient client, ProviderMetadata provider, UserInfo userInfo) {
        this.settings = settings;
        this.client = client;
        this.provider = provider;
        this.userInfo = userInfo;
        this.roles = new KeycloakRoles(provider);
    }

    @Override
    public Optional<UserProfile> create(CallContext ctx, Credentials credentials) {
        var tokens = (OidcCredentials) credentials;
        if (tokens.isRefreshedCredentials() && tokens.getIdToken() == null) {
            return Optional.of(withTokens(new OidcProfile(), tokens));
        }
        IDTokenClaimsSet idToken = validate(tokens, tokens.isRefreshedCredentials() ? null : nonce(ctx));
        AccessToken accessToken = tokens.toAccessToken();
        String subject = idToken.getSubject().getValue();
        var claims = new Claims(idToken.toJSONObject(), userInfo.claims(accessToken, subject));
        checkEmail(claims);
        var profile = new OidcProfile();
        profile.setId(subject);
        put(profile, OidcProfileDefinition.EMAIL, claims.text(settings.emailClaim()));
        put(profile, OidcProfileDefinition.PREFERRED_USERNAME, claims.text("preferred_username"));
        put(profile, "sid", claims.text("sid"));
        profile.addAttribute("groups", groups(claims, accessToken));
        return Optional.of(withTokens(profile, tokens));
    }

    /** Without an ID token, as a refresh may answer, a profile has no subject: the claims stay as they were. Core 12.2 */
    private static OidcProfile withTokens(OidcProfile profile, OidcCredentials tokens) {
        AccessToken accessToken = tokens.toAccessToken();
        put(profile, OidcProfileDefinition.ID_TOKEN, tokens.getIdToken());
        put(profile, OidcProfileDefinition.ACCESS_TOKEN, accessToken == null ? "" : accessToken.getValue());
        Optional.ofNullable(tokens.toRefreshToken()).ifPresent(profile::setRefreshToken);
        return profile;
    }

    private Nonce nonce(CallContext ctx) {
        return ctx.sessionStore()
                .get(ctx.webContext(), client.getNonceSessionAttributeName())
                .map(kept -> new Nonce(kept.toString()))
                .orElseThrow(() -> new LoginFailed(Reason.UNKNOWN_ATTEMPT, "no nonce was kept"));
    }

    private IDTokenClaimsSet validate(OidcCredentials tokens, @Nullable Nonce nonce) {
        try {
            JWT idToken = tokens.toIdToken();
            IDTokenClaimsSet claims = provider.tokens().validateIdToken(idToken, nonce);
            checkAccessTokenHash(claims, idToken, tokens.toAccessToken());
            return claims;
        } catch (BadJOSEException | JOSEException | InvalidHashException | IllegalArgumentException e) {
            throw new LoginFailed(
                    Reason.TOKEN_INVALID, "the ID token is not valid: " + e.getMessage() + clockHint(e), e);
        }
    }

    /** Optional in the code flow, but a wrong one means the tokens do not belong together. Core 3.1.3.8 */
    private static void checkAccessTokenHash(IDTokenClaimsSet claims, JWT idToken, AccessToken accessToken)
            throws InvalidHashException {
        if (claims.getAccessTokenHash() != null && accessToken != null) {
            var algorithm = (JWSAlgorithm) idToken.getHeader().getAlgorithm();
            AccessTokenValidator.validate(accessToken, algorithm, claims.getAccessTokenHash());
        }
    }

    private static String clockHint(Exception e) {
        String message = String.valueOf(e.getMessage());
        boolean aboutTime = message.contains("Expired") || message.contains("ahead") || message.contains("issue time");
        return aboutTime ? " (compare the clock of this machine with the identity provider's)" : "";
    }

    private void checkEmail(Claims claims) {
        boolean unverified = settings.emailClaim().equals(EMAIL) && claims.denies("email_verified");
        if (unverified && !settings.allowUnverifiedEmail()) {
            throw new LoginFailed(
                    Reason.EMAIL_UNVERIFIED,
                    "email_verified is false; verify the address at the provider, or set insecure-oidc-allow-unverified-email");
        }
    }

    private List<String> groups(Claims claims, @Nullable AccessToken accessToken) {
        List<String> groups = new ArrayList<>(claims.texts(settings.groupsClaim()));
        if (settings.keycloak() && accessToken != null) {
            groups.addAll(roles.of(accessToken.getValue()));
        }
        int bytes = String.join(",", groups).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_GROUP_BYTES) {
            throw new LoginFailed(
                    Reason.SESSION_TOO_LARGE,
                    groups.size() + " groups and roles make a header of " + bytes + " bytes, at most "
                            + MOST_GROUP_BYTES + " are sent to apps; let the provider send fewer to this client");
        }
        return groups;
    }

    private static void put(OidcProfile profile, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            profile.addAttribute(name, value);
        }
    }
}
