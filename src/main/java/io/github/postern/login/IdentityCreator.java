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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    private static final String EMAIL = "email";
    private static final String CLAIMS = "claims";

    /** What fits into one answer of this server; proxies may take less until their buffers are made larger. */
    private static final int MOST_HEADER_BYTES = 24_000;

    private final ProviderSettings settings;
    private final OidcClient client;
    private final ProviderMetadata provider;
    private final UserInfo userInfo;
    private final KeycloakRoles roles;
    private final Supplier<Set<String>> keptClaims;
    private final List<String> wanted;

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
        checkEmail(claims);
        var profile = new OidcProfile();
        profile.setId(subject);
        put(profile, OidcProfileDefinition.EMAIL, claims.text(settings.emailClaim()));
        put(profile, OidcProfileDefinition.PREFERRED_USERNAME, claims.text("preferred_username"));
        put(profile, "sid", claims.text("sid"));
        profile.addAttribute("groups", groups(claims, roles(accessToken, renewal)));
        keepClaims(profile, claims);
        checkHeaders(profile);
        return withTokens(profile, tokens);
    }

    /** The claims whose absence from the ID token is worth asking for them. */
    private static List<String> wanted(ProviderSettings settings) {
        var names = List.of(settings.emailClaim(), settings.groupsClaim(), "preferred_username");
        boolean checked = settings.emailClaim().equals(EMAIL) && !settings.allowUnverifiedEmail();
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

    private void checkEmail(Claims claims) {
        boolean unverified = settings.emailClaim().equals(EMAIL) && claims.denies("email_verified");
        if (unverified && !settings.allowUnverifiedEmail()) {
            throw new LoginFailed(
                    Reason.EMAIL_UNVERIFIED,
                    "email_verified is false; verify the address at the provider, or set insecure-oidc-allow-unverified-email");
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

    private void keepClaims(OidcProfile profile, Claims claims) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (String name : keptClaims.get()) {
            List<String> values = claims.values(name).stream()
                    .filter(IdentityCreator::isPlain)
                    .toList();
            if (!values.isEmpty()) {
                kept.put(name, values);
            }
        }
        if (!kept.isEmpty()) {
            profile.addAttribute(CLAIMS, kept);
        }
    }

    /** A name that a header could not carry unchanged would read as another's there: it is left out. */
    private List<String> groups(Claims claims, List<String> roles) {
        return Stream.concat(claims.texts(settings.groupsClaim()).stream(), roles.stream())
                .filter(IdentityCreator::isPlain)
                .toList();
    }

    private static boolean isPlain(String text) {
        return text.equals(text.strip()) && text.chars().noneMatch(Character::isISOControl);
    }

    private static void checkHeaders(OidcProfile profile) {
        List<String> texts = new ArrayList<>(List.of(
                profile.getId(),
                String.valueOf(profile.getAttribute(OidcProfileDefinition.EMAIL)),
                String.valueOf(profile.getAttribute(OidcProfileDefinition.PREFERRED_USERNAME))));
        if (!texts.stream().allMatch(IdentityCreator::isPlain)) {
            throw new LoginFailed(Reason.TOKEN_INVALID, "sub, e-mail or user name holds control characters");
        }
        ((List<?>) profile.getAttribute("groups")).forEach(group -> texts.add(group.toString()));
        if (profile.getAttribute(CLAIMS) instanceof Map<?, ?> claims) {
            claims.values().forEach(values -> ((List<?>) values).forEach(value -> texts.add(value.toString())));
        }
        int bytes = String.join(",", texts).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_HEADER_BYTES) {
            throw new LoginFailed(
                    Reason.SESSION_TOO_LARGE,
                    "names, groups and roles make headers of " + bytes + " bytes, at most " + MOST_HEADER_BYTES
                            + " are sent to apps; let the provider send fewer groups to this client");
        }
    }

    private static void put(OidcProfile profile, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            profile.addAttribute(name, value);
        }
    }
}
