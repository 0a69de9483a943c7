package io.github.postern.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import io.github.postern.config.SealingSecret;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A P-256 key pair that follows from a secret: every replica that knows the secret has the same one. */
final class DerivedKey {
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");
    private static final int BITS = 256;

    /** One candidate in four thousand million is refused; so many in a row never are. */
    private static final int MOST_CANDIDATES = 16;

    private DerivedKey() {}

    /**
     * Takes the first candidate in range (FIPS 186-5, A.2.2: rejection sampling), with HKDF as the source of candidates.
     *
     * @param purpose what the key is for
     */
    static ECKey of(SealingSecret secret, String purpose) {
        for (int attempt = 0; attempt < MOST_CANDIDATES; attempt++) {
            var candidate = new BigInteger(1, secret.derive(purpose + " " + attempt, BITS / 8));
            if (candidate.compareTo(P256.getN().subtract(BigInteger.TWO)) <= 0) {
                return pair(candidate.add(BigInteger.ONE));
            }
        }
        throw new IllegalStateException("HKDF gave no number below the order of P-256");
    }

    private static ECKey pair(BigInteger secret) {
        ECPoint point =
                new FixedPointCombMultiplier().multiply(P256.getG(), secret).normalize();
        try {
            return new ECKey.Builder(
                            Curve.P_256,
                            coordinate(point.getAffineXCoord().toBigInteger()),
                            coordinate(point.getAffineYCoord().toBigInteger()))
                    .d(coordinate(secret))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("SHA-256 does not work on this Java", e);
        }
    }

    private static Base64URL coordinate(BigInteger number) {
        return ECKey.encodeCoordinate(BITS, number);
    }
}
