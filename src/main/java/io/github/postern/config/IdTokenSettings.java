package io.github.postern.config;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.util.List;

/**
 * Which signatures under ID tokens count, beyond what the provider says of itself.
 *
 * @param keys the provider's public keys, in place of those it publishes; empty means that it is asked for them
 * @param algorithms the algorithms accepted; empty means those the provider offers
 * @param anyIssuer whether the issuer goes unchecked ({@code insecure-oidc-skip-issuer-verification})
 */
public record IdTokenSettings(List<JWK> keys, List<JWSAlgorithm> algorithms, boolean anyIssuer) {
    public IdTokenSettings {
        keys = List.copyOf(keys);
        algorithms = List.copyOf(algorithms);
    }
}
