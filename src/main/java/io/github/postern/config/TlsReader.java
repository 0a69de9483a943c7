package io.github.postern.config;

import static io.github.postern.config.Option.TLS_CERT_FILE;
import static io.github.postern.config.Option.TLS_CIPHER_SUITE;
import static io.github.postern.config.Option.TLS_KEY_FILE;
import static io.github.postern.config.Option.TLS_MIN_VERSION;

import io.github.postern.config.ServerSettings.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads how https is spoken, and tries the certificate with its key, so that a wrong pair is told at start. */
final class TlsReader {
    private final Values values;
    private final Findings findings;

    TlsReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** Whether the operator names a certificate or a key. */
    static boolean isAsked(Values values) {
        return values.textIfAny(TLS_CERT_FILE).isPresent()
                || values.textIfAny(TLS_KEY_FILE).isPresent();
    }

    /** Empty where http is spoken, and after telling what is wrong. */
    Optional<Tls> read() {
        List<String> protocols = protocols();
        List<String> suites = suites(protocols);
        Optional<String> certificate = values.textIfAny(TLS_CERT_FILE);
        Optional<String> key = values.textIfAny(TLS_KEY_FILE);
        if (certificate.isPresent() != key.isPresent()) {
            findings.mistake(
                    certificate.isPresent() ? TLS_KEY_FILE : TLS_CERT_FILE,
                    "is missing; https needs both, the certificate and its key");
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            tellIdle();
            return Optional.empty();
        }
        KeyPairFiles.check(certificate.get(), key.get(), findings);
        return Optional.of(new Tls(
                Path.of(certificate.get()).toAbsolutePath(), Path.of(key.get()).toAbsolutePath(), protocols, suites));
    }

    private List<String> protocols() {
        return switch (values.text(TLS_MIN_VERSION)) {
            case "", "TLS1.2" -> List.of("TLSv1.2", "TLSv1.3");
            case "TLS1.3" -> List.of("TLSv1.3");
            default -> {
                findings.mistake(
                        TLS_MIN_VERSION,
                        Quoted.of(values.text(TLS_MIN_VERSION)) + " is not known; choose TLS1.2 or TLS1.3");
                yield List.of("TLSv1.3");
            }
        };
    }

    private List<String> suites(List<String> protocols) {
        List<String> named = values.list(TLS_CIPHER_SUITE);
        named.forEach(name -> CipherSuites.fault(name).ifPresent(fault -> findings.mistake(TLS_CIPHER_SUITE, fault)));
        List<String> chosen =
                named.stream().filter(name -> !CipherSuites.isOfTls13(name)).toList();
        if (!named.isEmpty() && chosen.isEmpty() && protocols.contains("TLSv1.2")) {
            findings.mistake(
                    TLS_CIPHER_SUITE,
                    "names suites of TLS 1.3 only, which cannot be chosen; set tls-min-version=TLS1.3 instead");
        }
        return chosen;
    }

    private void tellIdle() {
        for (Option option : List.of(TLS_MIN_VERSION, TLS_CIPHER_SUITE)) {
            if (values.isSet(option) && !isAsked(values)) {
                findings.note(option.flag() + " has no effect: tls-cert-file is not set.");
            }
        }
    }
}
