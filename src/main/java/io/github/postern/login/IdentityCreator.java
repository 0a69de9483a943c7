package io.github.postern.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import io.github.postern.config.ProviderSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.core.profile.creator.ProfileCreator;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.credentials.OidcCredentials;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns validated tokens into the profile we keep: subject, e-mail, user name, groups, and the tokens. Throws
 * {@link LoginFailed} where a check fails.
 */
final class IdentityCreator implements ProfileCreator {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityCreator.class);

    private final ProviderSettings settings;
    private final OidcClient client;
    private final ProviderMetadata provider;
    private final UserInfo userInfo;
    private final KeycloakRoles roles;
    private final Supplier<Set<String>> keptClaims;
    private final List<String> wanted;
    private final Profiles profiles;

    /** @param keptClaims further claims that a header or a rule asks for */
    IdentityCreator(
            ProviderSettings settings,
            OidcClient client,
            ProviderMetadata provider,
            UserInfo userInfo,
            Supplier<Set<String>> keptClaims) {
        this.settings = settings;
        this.client = client;
        this.provider = provider;
        this.userInfo = userInfo;
        this.roles = new KeycloakRoles(provider);
        this.keptClaims = keptClaims;
        this.wanted = wanted(settings);
        this.profiles = new Profiles(Profiles.Names.of(settings), keptClaims);
    }

    @Override
    public Optional<UserProfile> create(CallContext ctx, Credentials credentials) {
        var tokens = (OidcCredentials) credentials;
        return Optional.of(tokens.isRefreshedCredentials() ? renewed(tokens) : identity(tokens, nonce(ctx)));
    }

    /**
     * Renewed tokens. Where no ID token came with them (Core 12.2), or a part of the identity cannot be had or checked just now,
     * the profile has no subject: the identity stays as it was. The tokens are kept in any case, because the old ones may be spent.
     */
    private OidcProfile renewed(OidcCredentials tokens) {
        if (tokens.getIdToken() == null) {
            return withTokens(new OidcProfile(), tokens);
        }
        try {
            return identity(tokens, null);
        } catch (LoginFailed e) {
            if (!e.reason().isPassing()) {
                throw e;
            }
            LOG.warn("Renewed tokens change nobody's identity this time: {}", e.getMessage());
            return withTokens(new OidcProfile(), tokens);
        }
    }

    private OidcProfile identity(OidcCredentials tokens, @Nullable Nonce nonce) {
        IDTokenClaimsSet idToken = validate(tokens, nonce);
        AccessToken accessToken = tokens.toAccessToken();
        String subject = idToken.getSubject().getValue();
        boolean renewal = tokens.isRefreshedCredentials();
        Claims claims = completed(idToken, accessToken, renewal);
        OidcProfile profile = profiles.of(subject, claims, roles(accessToken, renewal));
        TokenFacts.note(profile, idToken);
        return withTokens(profile, tokens);
    }

    /** The claims whose absence from the ID token is worth asking for them. */
    private static List<String> wanted(ProviderSettings settings) {
        var names = List.of(settings.emailClaim(), settings.groupsClaim(), "preferred_username");
        boolean checked = settings.emailClaim().equals(OidcProfileDefinition.EMAIL) && !settings.allowUnverifiedEmail();
        return checked
                ? Stream.concat(names.stream(), Stream.of("email_verified")).toList()
                : names;
    }

    /** The provider is asked only for what the ID token lacks, and what that says goes first. */
    private Claims completed(IDTokenClaimsSet idToken, AccessToken accessToken, boolean renewal) {
        Map<String, Object> first = idToken.toJSONObject();
        var told = new Claims(first, Map.of());
        boolean complete =
                wanted.stream().allMatch(told::has) && keptClaims.get().stream().allMatch(told::has);
        if (!settings.signIn().askProfile() || complete) {
            return told;
        }
        String subject = idToken.getSubject().getValue();
        return new Claims(first, orKeep(userInfo.claims(accessToken, subject), renewal, Map.of()));
    }

    private static OidcProfile withTokens(OidcProfile profile, OidcCredentials tokens) {
        AccessToken accessToken = tokens.toAccessToken();
        Profiles.put(profile, OidcProfileDefinition.ID_TOKEN, tokens.getIdToken());
        Profiles.put(profile, OidcProfileDefinition.ACCESS_TOKEN, accessToken == null ? "" : accessToken.getValue());
        TokenFacts.note(profile, accessToken);
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
        } catch (Audiences.Wrong e) {
            throw LoginFailed.meantForAnother(e);
        } catch (BadJOSEException | JOSEException | InvalidHashException | IllegalArgumentException e) {
            Reason reason = reason(e);
            String hint = reason == Reason.TOKEN_UNTIMELY
                    ? " (compare the clock of this machine with the identity provider's)"
                    : "";
            throw new LoginFailed(reason, "the ID token is not valid: " + e.getMessage() + hint, e);
        }
    }

    /** The library tells these apart by its messages only. */
    private static Reason reason(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Expired") || message.contains("ahead") || message.contains("before use time")) {
            return Reason.TOKEN_UNTIMELY;
        }
        if (e instanceof RateLimitReachedException || message.contains("no matching key")) {
            return Reason.KEYS_UNKNOWN; // fetched a moment ago, and it was not among them
        }
        return e instanceof KeySourceException ? Reason.KEYS_UNREACHABLE : Reason.TOKEN_INVALID;
    }

    /** Optional in the code flow, but a wrong one means the tokens do not belong together. Core 3.1.3.8 */
    private static void checkAccessTokenHash(IDTokenClaimsSet claims, JWT idToken, AccessToken accessToken)
            throws InvalidHashException {
        if (claims.getAccessTokenHash() != null && accessToken != null) {
            var algorithm = (JWSAlgorithm) idToken.getHeader().getAlgorithm();
            AccessTokenValidator.validate(accessToken, algorithm, claims.getAccessTokenHash());
        }
    }

    /** At a sign-in the ID token stands alone; at a renewal what was known stays, and it is tried again later. */
    private static <T> T orKeep(Optional<T> told, boolean renewal, T nothing) {
        if (told.isEmpty() && renewal) {
            throw new LoginFailed(Reason.PROVIDER_BROKEN, "the provider told only a part of what it told before");
        }
        return told.orElse(nothing);
    }

    private List<String> roles(@Nullable AccessToken accessToken, boolean renewal) {
        return settings.keycloak() && accessToken != null
                ? orKeep(roles.of(accessToken.getValue()), renewal, List.of())
                : List.of();
    }
}
