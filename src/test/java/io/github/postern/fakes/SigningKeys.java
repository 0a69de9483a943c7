package io.github.postern.fakes;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The provider's keys: the first signs, all are published. An attacker's key is at hand too. */
public final class SigningKeys {
    private final RSAKey attacker = generate();
    private volatile List<RSAKey> published = List.of(generate());
    private volatile Optional<ECKey> elliptic = Optional.empty();

    /** The key that signs. */
    public RSAKey current() {
        return published.get(0);
    }

    /** A key the provider has never published. */
    public RSAKey attacker() {
        return attacker;
    }

    /** A new key signs, the old one is no longer published. */
    public void rotate() {
        published = List.of(generate());
    }

    /** A new key signs, the old one is still published. */
    public void add() {
        published = List.of(generate(), current());
    }

    /** A key of another kind is published beside the one that signs. */
    public void addElliptic() {
        elliptic = Optional.of(generateElliptic());
    }

    ECKey elliptic() {
        return elliptic.orElseThrow();
    }

    /** The JWK set as published. */
    String json() {
        List<JWK> all = new ArrayList<>(published);
        elliptic.ifPresent(all::add);
        return new JWKSet(all).toString();
    }

    private static ECKey generateElliptic() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
