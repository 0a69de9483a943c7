package io.github.postern.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities that may vouch for Redis: the system's, and those of {@code redis-ca-path}. */
final class Trust {
    private Trust() {}

    /** @throws IllegalArgumentException when the file cannot be read */
    static TrustManagerFactory with(Path file) {
        try {
            List<Certificate> authorities = new ArrayList<>(system());
            try (InputStream in = Files.newInputStream(file)) {
                authorities.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
            }
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int number = 0; number < authorities.size(); number++) {
                store.setCertificateEntry("ca-" + number, authorities.get(number));
            }
            return factory(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "redis-ca-path: cannot be read as PEM certificates (" + e.getMessage() + ")", e);
        }
    }

    private static List<Certificate> system() throws GeneralSecurityException {
        List<Certificate> authorities = new ArrayList<>();
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager certificates) {
                authorities.addAll(List.of(certificates.getAcceptedIssuers()));
            }
        }
        return authorities;
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
