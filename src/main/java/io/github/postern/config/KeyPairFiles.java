package io.github.postern.config;

import static io.github.postern.config.Option.TLS_CERT_FILE;
import static io.github.postern.config.Option.TLS_KEY_FILE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Tries a certificate with its key: whether they are there, are PEM, and belong together. */
final class KeyPairFiles {
    private KeyPairFiles() {}

    /** Tells what is wrong with the two files, if anything is. */
    static void check(String certificateFile, String keyFile, Findings findings) {
        var certificate = SmallFile.read(TLS_CERT_FILE, certificateFile, findings)
                .flatMap(bytes -> certificate(bytes, certificateFile, findings));
        var key = SmallFile.read(TLS_KEY_FILE, keyFile, findings).flatMap(bytes -> key(bytes, keyFile, findings));
        if (certificate.isPresent()
                && key.isPresent()
                && !match(certificate.get().getPublicKey(), key.get())) {
            findings.mistake(
                    TLS_KEY_FILE,
                    Quoted.of(keyFile) + " is not the key of the first certificate in " + Quoted.of(certificateFile)
                            + "; name the two files that belong together");
        }
    }

    private static Optional<X509Certificate> certificate(byte[] content, String name, Findings findings) {
        try (var parser = new PEMParser(new StringReader(new String(content, ISO_8859_1)))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder certificate) {
                    return Optional.of(new JcaX509CertificateConverter().getCertificate(certificate));
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // told below, like a file without a certificate
        }
        findings.mistake(
                TLS_CERT_FILE, "file " + Quoted.of(name) + " holds no certificate in PEM; name the right file");
        return Optional.empty();
    }

    private static Optional<PrivateKey> key(byte[] content, String name, Findings findings) {
        try (var parser = new PEMParser(new StringReader(new String(content, ISO_8859_1)))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                Optional<PrivateKeyInfo> found = keyIn(part);
                if (found.isPresent()) {
                    return Optional.of(new JcaPEMKeyConverter().getPrivateKey(found.get()));
                }
            }
        } catch (IOException | RuntimeException e) {
            // told below, like a file without a key: the parser's own words may quote it
        }
        findings.mistake(
                TLS_KEY_FILE,
                "file " + Quoted.of(name) + " holds no unencrypted private key in PEM; name the right file");
        return Optional.empty();
    }

    /** PKCS #8, or one of the older forms, which name the curve in a part of its own before the key. */
    private static Optional<PrivateKeyInfo> keyIn(Object part) {
        if (part instanceof PEMKeyPair pair) {
            return Optional.of(pair.getPrivateKeyInfo());
        }
        return part instanceof PrivateKeyInfo key ? Optional.of(key) : Optional.empty();
    }

    /** Whether what the one signs the other verifies. */
    private static boolean match(PublicKey certified, PrivateKey key) {
        try {
            var signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
