package io.github.postern.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.postern.config.SealingSecret;
import java.util.ArrayList;
import java.util.List;

/** The key that signs on one day, and the public keys to show on it. Does not print. */
final class KeysOfDay {
    private final List<SealingSecret> secrets;
    private final long day;
    private final ECDSASigner signer;
    private final JWSHeader header;
    private final String published;

    private KeysOfDay(List<SealingSecret> secrets, long day, List<JWK> all) throws JOSEException {
        ECKey first = all.get(0).toECKey();
        this.secrets = secrets;
        this.day = day;
        this.signer = new ECDSASigner(first);
        this.header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(first.getKeyID())
                .build();
        this.published = new JWKSet(all).toString(true); // public parts only
    }

    /** @param day counted from 1970-01-01 */
    static KeysOfDay derive(List<SealingSecret> secrets, String purpose, long day) {
        List<JWK> keys = new ArrayList<>();
        for (SealingSecret secret : secrets) {
            keys.add(DerivedKey.of(secret, purpose + " " + day));
            keys.add(DerivedKey.of(secret, purpose + " " + (day + 1)));
            keys.add(DerivedKey.of(secret, purpose + " " + (day - 1)));
        }
        try {
            return new KeysOfDay(secrets, day, keys);
        } catch (JOSEException e) {
            throw new IllegalStateException("ECDSA with P-256 does not work on this Java", e);
        }
    }

    boolean areOf(List<SealingSecret> theirs, long when) {
        return day == when && secrets.equals(theirs); // the same list is known by its identity
    }

    String sign(JWTClaimsSet claims) {
        var jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("ECDSA with P-256 does not work on this Java", e);
        }
        return jwt.serialize();
    }

    String published() {
        return published;
    }
}
