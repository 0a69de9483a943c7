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
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import io.github.postern.config.AudienceSettings;
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
 * the operator's audiences, {@code azp} and {@code nbf} (OpenID Connect Core 3.1.3.7).
 */
final class IdTokenChecks extends TokenValidator {
    /** How far the provider's clock and ours may be apart. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private static final int LONGEST_SUBJECT = 255;
    private final OIDCProviderMetadata metadata;
    private final Signing signing;
    private final SignatureCheck signatures;
    private final String clientId;
    private final boolean anyIssuer;
    private final AudienceSettings settings;
    private final Audiences audiences;
    private final InstantSource clock;

    IdTokenChecks(OidcConfiguration configuration, OIDCProviderMetadata metadata, Trust trust, InstantSource clock) {
        super(configuration, metadata);
        this.metadata = metadata;
        this.clientId = configuration.getClientId();
        this.signing = new Signing(trust.keys(), Set.copyOf(metadata.getIDTokenJWSAlgs()));
        this.signatures = SignatureCheck.ofPlain(signing);
        this.anyIssuer = trust.anyIssuer();
        this.settings = trust.audiences();
        this.audiences = new Audiences(clientId, settings);
        this.clock = clock;
    }

    /**
     * Whom we believe.
     *
     * @param keys the keys that may sign
     * @param anyIssuer whether it does not matter whom a token names as its issuer
     * @param audiences whom tokens must be meant for, besides this client
     */
    record Trust(JWKSource<SecurityContext> keys, boolean anyIssuer, AudienceSettings audiences) {}

    /** The asymmetric algorithms among those the provider offers: with a shared secret, whoever holds it could sign. */
    static List<JWSAlgorithm> trustworthy(List<JWSAlgorithm> offered) {
        return offered.stream()
                .filter(algorithm -> JWSAlgorithm.Family.SIGNATURE.contains(algorithm))
                .toList();
    }

    /** With what the provider signs. */
    Signing signing() {
        return signing;
    }

    @Override
    public IDTokenClaimsSet validateIdToken(JWT idToken, @Nullable Nonce expectedNonce)
            throws BadJOSEException, JOSEException {
        JWTClaimsSet signed = signatures.verify(idToken);
        audiences.require(signed);
        require(audiences.acceptParty(signed), "azp does not name this client");
        JWTClaimsSet ours = settings.areUsual() ? signed : meantForUs(signed);
        new IDTokenClaimsVerifier(issuer(signed), new ClientID(clientId), expectedNonce, (int) CLOCK_SKEW.toSeconds())
                .verify(ours, null);
        checkSubject(ours.getSubject());
        checkNotBefore(ours.getNotBeforeTime());
        return idTokenClaims(ours);
    }

    /** Where the issuer does not matter, the token's own is the right one; its signature counts all the same. */
    private Issuer issuer(JWTClaimsSet signed) throws BadJWTException {
        if (!anyIssuer) {
            return metadata.getIssuer();
        }
        String issuer = signed.getIssuer();
        if (issuer == null || issuer.isBlank()) {
            throw new BadJWTException("iss is missing");
        }
        return new Issuer(issuer);
    }

    /** Where the operator named other audiences, ours took the place of the library's check, which knows one only. */
    private JWTClaimsSet meantForUs(JWTClaimsSet accepted) {
        return new JWTClaimsSet.Builder(accepted)
                .audience(clientId)
                .claim("azp", null)
                .build();
    }

    private static IDTokenClaimsSet idTokenClaims(JWTClaimsSet claims) throws BadJWTException {
        try {
            return new IDTokenClaimsSet(claims);
        } catch (com.nimbusds.oauth2.sdk.ParseException e) {
            throw new BadJWTException(e.getMessage(), e);
        }
    }

    private static void checkSubject(String subject) throws BadJWTException {
        require(!subject.isBlank() && subject.length() <= LONGEST_SUBJECT, "sub is empty or too long");
    }

    private void checkNotBefore(@Nullable Date notBefore) throws BadJWTException {
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
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(signing.algorithms(), signing.keys()));
        return processor.process(SignedJWT.parse(token), null);
    }
}
