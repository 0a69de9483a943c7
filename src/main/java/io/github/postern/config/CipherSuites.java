package io.github.postern.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The TLS suites an operator may name, by their registered names (RFC 5246, RFC 5289, RFC 7905, RFC 8446). */
final class CipherSuites {
    private static final Set<String> OF_TLS13 =
            Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final List<String> SAFE = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");
    private static final Set<String> UNSAFE = Set.of(
            "TLS_RSA_WITH_RC4_128_SHA",
            "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
            "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
            "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");

    private CipherSuites() {}

    /** Whether it is one of TLS 1.3, all of which are safe and always on. */
    static boolean isOfTls13(String name) {
        return OF_TLS13.contains(name);
    }

    /** Why the suite cannot be used, or empty if it can. */
    static Optional<String> fault(String name) {
        if (SAFE.contains(name) || isOfTls13(name)) {
            return Optional.empty();
        }
        if (UNSAFE.contains(name)) {
            return Optional.of(Quoted.of(name) + " is broken or keeps no secret once the key leaks; remove it");
        }
        List<String> known = Stream.concat(SAFE.stream(), OF_TLS13.stream()).toList();
        return Optional.of(Quoted.of(name) + " is not known"
                + NearestName.of(name, known)
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("; name a suite such as " + SAFE.get(0)));
    }
}
