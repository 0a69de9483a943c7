package io.github.postern.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * One issuer whose bearer tokens count.
 *
 * @param name as its tokens spell it in {@code iss}
 * @param audiences whom they must be meant for
 * @param keys what it signs with
 * @param profiles how its claims are read
 * @param keycloak whether roles are read too
 */
record TokenIssuer(String name, Audiences audiences, TokenKeys keys, Profiles profiles, boolean keycloak) {
    boolean issued(JWTClaimsSet claims) {
        return name.equals(claims.getIssuer());
    }

    /**
     * Whether a token is meant for us. Access tokens are issued to whoever may call us, so the audience alone decides; an ID token
     * belongs to the client it was issued to, and must not be carried on to another (OpenID Connect Core 3.1.3.7).
     */
    boolean meansUs(JWTClaimsSet claims) {
        return audiences.accept(claims) && (!isIdToken(claims) || audiences.acceptParty(claims));
    }

    private static boolean isIdToken(JWTClaimsSet claims) {
        return "ID".equals(claims.getClaim("typ")) || claims.getClaim("at_hash") != null;
    }

    /**
     * Checks the signature.
     *
     * @return the keys it was checked against
     * @throws BadJOSEException when it is not the issuer's
     */
    TokenKeys.Known verify(SignedJWT token) throws BadJOSEException, JOSEException {
        TokenKeys.Known known = keys.fitting(token.getHeader());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier((type, context) -> {}); // BearerRules
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // BearerRules
        processor.setJWSKeySelector(known.selector());
        processor.process(token, null);
        return known;
    }

    /**
     * Whom the token stands for.
     *
     * @throws LoginFailed where that must not be told to apps
     */
    OidcProfile profile(JWTClaimsSet token) {
        Map<String, Object> claims = token.toJSONObject();
        List<String> roles = keycloak ? KeycloakRoles.in(claims) : List.of();
        OidcProfile profile = profiles.ofToken(token.getSubject(), new Claims(claims, Map.of()), roles);
        profile.addAttribute(JwtClaims.ISSUED_AT, Objects.requireNonNullElse(claims.get("iat"), 0L));
        profile.addAttribute(JwtClaims.EXPIRATION_TIME, claims.get("exp"));
        return profile;
    }
}
