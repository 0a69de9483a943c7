package io.github.postern.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pac4j.oidc.config.OidcConfiguration;
import org.pac4j.oidc.profile.creator.TokenValidator;

/**
 * pac4j's token validation with what it leaves out: asymmetric algorithms only, keys cached and fetched at a bounded rate,
 * {@code azp} and {@code nbf} (OpenID Connect Core 3.1.3.7).
 */
final class IdTokenChecks extends TokenValidator {
    /** How far the provider's clock and ours may be apart. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private static final int LONGEST_SUBJECT = 255;
    private final IDTokenValidator validator;
    private final boolean anyIssuer;
    private final JWSVerificationKeySelector<SecurityContext> keys;
    private final String clientId;
    private final InstantSource clock;

    IdTokenChecks(OidcConfiguration configuration, OIDCProviderMetadata metadata, Trust trust, InstantSource clock) {
        super(configuration, metadata);
        this.clientId = configuration.getClientId();
        this.keys = new JWSVerificationKeySelector<>(Set.copyOf(metadata.getIDTokenJWSAlgs()), trust.keys());
        this.anyIssuer = trust.anyIssuer();
        this.validator = validator(metadata.getIssuer());
        this.clock = clock;
    }

    /**
     * Whom we believe.
     *
     * @param keys the keys that may sign
     * @param anyIssuer whether it does not matter whom a token names as its issuer
     */
    record Trust(JWKSource<SecurityContext> keys, boolean anyIssuer) {}

    private IDTokenValidator validator(Issuer issuer) {
        var validatorOfOne = new IDTokenValidator(issuer, new ClientID(clientId), keys, null);
        validatorOfOne.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
        return validatorOfOne;
    }

    /** Where the issuer does not matter, the token's own is the right one; its signature counts all the same. */
    private IDTokenValidator validatorFor(JWT idToken) throws BadJWTException {
        if (!anyIssuer) {
            return validator;
        }
        try {
            String issuer = idToken.getJWTClaimsSet().getIssuer();
            require(issuer != null && !issuer.isBlank(), "iss is missing");
            return validator(new Issuer(issuer));
        } catch (ParseException e) {
            throw new BadJWTException("the claims are unreadable", e);
        }
    }

    /** The asymmetric algorithms among those the provider offers: with a shared secret, whoever holds it could sign. */
    static List<JWSAlgorithm> trustworthy(List<JWSAlgorithm> offered) {
        return offered.stream()
                .filter(algorithm -> JWSAlgorithm.Family.SIGNATURE.contains(algorithm))
                .toList();
    }

    @Override
    public IDTokenClaimsSet validateIdToken(JWT idToken, @Nullable Nonce expectedNonce)
            throws BadJOSEException, JOSEException {
        IDTokenClaimsSet claims = validatorFor(idToken).validate(idToken, expectedNonce);
        String subject = claims.getSubject().getValue();
        require(!subject.isBlank() && subject.length() <= LONGEST_SUBJECT, "sub is empty or too long");
        checkAuthorizedParty(claims);
        checkNotBefore(claims);
        return claims;
    }

    private void checkAuthorizedParty(IDTokenClaimsSet claims) throws BadJWTException {
        String party = claims.getStringClaim("azp");
        boolean several = claims.getAudience().size() > 1;
        require(party == null ? !several : party.equals(clientId), "azp does not name this client");
    }

    private void checkNotBefore(IDTokenClaimsSet claims) throws BadJWTException {
        Date notBefore = claims.getDateClaim("nbf");
        boolean valid = notBefore == null
                || !notBefore.toInstant().isAfter(clock.instant().plus(CLOCK_SKEW));
        require(valid, "nbf is ahead of current time");
    }

    private static void require(boolean condition, String complaint) throws BadJWTException {
        if (!condition) {
            throw new BadJWTException(complaint);
        }
    }

    /**
     * The claims of another token the provider signed, such as Keycloak's access token: only the signature is checked.
     *
     * @throws BadJOSEException when nobody we trust signed it
     */
    JWTClaimsSet verifySignature(String token) throws ParseException, BadJOSEException, JOSEException {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier((type, context) -> {});
        processor.setJWSKeySelector(keys);
        return processor.process(SignedJWT.parse(token), null);
    }
}
