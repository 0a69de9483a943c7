package io.github.postern.login;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Set;

/**
 * With what an issuer signs.
 *
 * @param keys its keys; may ask the network when it is asked
 * @param algorithms the algorithms that count
 */
record Signing(JWKSource<SecurityContext> keys, Set<JWSAlgorithm> algorithms) {
    Signing {
        algorithms = Set.copyOf(algorithms);
    }
}
