package io.github.postern.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** A file with certificates that settings name. */
final class PemFile {
    private PemFile() {}

    /** Whether the file holds certificates; if not, that is told. */
    static boolean holdsCertificates(Option option, String file, Findings findings) {
        if (!SmallFile.isReadable(option, file, findings)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return true;
            }
        } catch (IOException | CertificateException e) {
            // told below
        }
        findings.mistake(
                option,
                "file " + Quoted.of(file)
                        + " holds no PEM certificate; name a file that begins with -----BEGIN CERTIFICATE-----");
        return false;
    }
}
