package io.github.postern.fakes;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How claims become a signed token: honestly, or in one of the ways attackers try (RFC 8725 section 2). */
@FunctionalInterface
public interface Forgery {
    /** The token in compact form. */
    String sign(SigningKeys keys, Map<String, Object> claims);

    /** What a provider does. */
    static Forgery none() {
        return (keys, claims) -> compact(header(keys.current()), claims, rs256(keys.current()));
    }

    /** The claims are not those that were signed. */
    static Forgery brokenSignature() {
        return (keys, claims) -> compact(header(keys.current()), claims, text -> {
            var signature = rs256(keys.current()).apply(text);
            signature[signature.length / 2] ^= 1;
            return signature;
        });
    }

    /** {@code alg: none} in any spelling, without a signature. */
    static Forgery unsigned(String alg) {
        return (keys, claims) -> compact(Map.of("alg", alg), claims, text -> new byte[0]);
    }

    /** HS256 with something public as the secret: algorithm confusion. */
    static Forgery hmac(Function<RSAKey, byte[]> secret) {
        return (keys, claims) -> {
            var header = header(keys.current());
            header.put("alg", "HS256");
            return compact(header, claims, hs256(secret.apply(keys.current())));
        };
    }

    /** Signed by a key that is not published, under this key id. */
    static Forgery attacker(Function<SigningKeys, String> kid) {
        return (keys, claims) -> {
            var header = header(keys.attacker());
            header.put("kid", kid.apply(keys));
            return compact(header, claims, rs256(keys.attacker()));
        };
    }

    /** Signed by a key that is not published, with header parameters that speak for it. */
    static Forgery attackerWith(Function<SigningKeys, Map<String, Object>> parameters) {
        return (keys, claims) -> {
            var header = header(keys.attacker());
            header.putAll(parameters.apply(keys));
            return compact(header, claims, rs256(keys.attacker()));
        };
    }

    /** Honest, with other header parameters; a null value removes one. */
    static Forgery header(Map<String, Object> changes) {
        return (keys, claims) -> {
            var header = header(keys.current());
            header.putAll(changes);
            return compact(header, claims, rs256(keys.current()));
        };
    }

    /** What Keycloak does with logout tokens. */
    static Forgery logout() {
        return header(Map.of("typ", "logout+jwt"));
    }

    /** Honest, with another of the provider's keys, see {@link SigningKeys#addElliptic}. */
    static Forgery es256() {
        return (keys, claims) -> {
            try {
                var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(keys.elliptic().getKeyID())
                        .build();
                var jwt = new SignedJWT(header, JWTClaimsSet.parse(claims));
                jwt.sign(new ECDSASigner(keys.elliptic()));
                return jwt.serialize();
            } catch (JOSEException | ParseException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** Honest, with the usual key and an algorithm the provider does not announce. */
    static Forgery rs512() {
        return (keys, claims) -> {
            var header = header(keys.current());
            header.put("alg", "RS512");
            return compact(header, claims, rsa(keys.current(), "SHA512withRSA"));
        };
    }

    /** Honest, without a key id. */
    static Forgery withoutKid() {
        return (keys, claims) -> {
            var header = header(keys.current());
            header.remove("kid");
            return compact(header, claims, rs256(keys.current()));
        };
    }

    /** Marks an extension as critical that nobody knows, RFC 7515 section 4.1.11. */
    static Forgery critical() {
        return header(Map.of("crit", List.of("urn:example:unheard-of"), "urn:example:unheard-of", true));
    }

    private static Map<String, Object> header(RSAKey key) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        header.put("kid", key.getKeyID());
        return header;
    }

    private static String compact(
            Map<String, Object> header, Map<String, Object> claims, Function<byte[], byte[]> signer) {
        var text = Base64URL.encode(JSONObjectUtils.toJSONString(header)) + "."
                + Base64URL.encode(JSONObjectUtils.toJSONString(claims));
        return text + "." + Base64URL.encode(signer.apply(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Function<byte[], byte[]> rs256(RSAKey key) {
        return rsa(key, "SHA256withRSA");
    }

    private static Function<byte[], byte[]> rsa(RSAKey key, String algorithm) {
        return text -> {
            try {
                var signature = Signature.getInstance(algorithm);
                signature.initSign(key.toPrivateKey());
                signature.update(text);
                return signature.sign();
            } catch (GeneralSecurityException | JOSEException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static Function<byte[], byte[]> hs256(byte[] secret) {
        return text -> {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                return mac.doFinal(text);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
