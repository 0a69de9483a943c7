package io.github.postern.config;

import static io.github.postern.config.Option.*;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fills {@link IdTokenSettings}. */
final class IdTokenReader {
    private static final List<String> KNOWN =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    private static final Set<String> SHARED = Set.of("HS256", "HS384", "HS512", "none");
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    private final Values values;
    private final Findings findings;

    IdTokenReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    IdTokenSettings read() {
        boolean anyIssuer = values.isOn(INSECURE_OIDC_SKIP_ISSUER_VERIFICATION);
        if (anyIssuer) {
            findings.weak(
                    "insecure-oidc-skip-issuer-verification=true: tokens and discovery documents of another issuer"
                            + " are believed; remove it, and write oidc-issuer-url as the provider spells its issuer.");
        }
        return new IdTokenSettings(keys(), algorithms(), anyIssuer);
    }

    private List<JWSAlgorithm> algorithms() {
        return values.list(OIDC_ENABLED_SIGNING_ALG).stream()
                .filter(this::isAsymmetric)
                .map(JWSAlgorithm::parse)
                .distinct()
                .toList();
    }

    private boolean isAsymmetric(String name) {
        if (KNOWN.contains(name)) {
            return true;
        }
        String fault =
                SHARED.contains(name) ? " is refused: whoever can check such a token can forge it" : " is not known";
        findings.mistake(
                OIDC_ENABLED_SIGNING_ALG, Quoted.of(name) + fault + "; choose among " + String.join(", ", KNOWN));
        return false;
    }

    /** Files that are wrong are told even where discovery makes them idle. */
    private List<JWK> keys() {
        List<JWK> keys = values.list(OIDC_PUBLIC_KEY_FILE).stream()
                .flatMap(name -> SmallFile.read(OIDC_PUBLIC_KEY_FILE, name, findings).stream()
                        .flatMap(bytes -> key(name, new String(bytes, StandardCharsets.US_ASCII)).stream()))
                .toList();
        return values.isOn(SKIP_OIDC_DISCOVERY) ? keys : List.of();
    }

    private Optional<JWK> key(String file, String pem) {
        Optional<JWK> key = parsed(pem);
        if (key.filter(JWK::isPrivate).isPresent()) {
            fault(file, "holds a private key; name a file with the public one, which is all that is needed");
            return Optional.empty();
        }
        if (key.filter(IdTokenReader::canSignTokens).isEmpty()) {
            fault(
                    file,
                    "holds no RSA or EC public key; name a file with one that begins with -----BEGIN PUBLIC KEY-----,"
                            + " or a certificate");
            return Optional.empty();
        }
        return key;
    }

    private static Optional<JWK> parsed(String pem) {
        try {
            return Optional.of(JWK.parseFromPEMEncodedObjects(pem));
        } catch (JOSEException | RuntimeException e) {
            return Optional.empty(); // told by the caller; the library's words may quote the file
        }
    }

    private static boolean canSignTokens(JWK key) {
        return key instanceof RSAKey || (key instanceof ECKey elliptic && CURVES.contains(elliptic.getCurve()));
    }

    private void fault(String file, String words) {
        findings.mistake(OIDC_PUBLIC_KEY_FILE, "file " + Quoted.of(file) + " " + words);
    }
}
