package io.github.postern.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of our own for a domain and every host below it, trusted by nobody but who is handed its key store.
 *
 * @param keyStore PKCS #12 with {@link #PASSWORD}; holds the key, and serves as a trust store too
 * @param chain the certificate as PEM
 * @param key its key as PEM
 * @param both the two in one file, as HAProxy wants them
 */
public record Certificate(Path keyStore, Path chain, Path key, Path both) {
    public static final String PASSWORD = "test-only";

    private static final String ALIAS = "gateway";

    /** A new one, its files in this folder. */
    public static Certificate create(String domain, Path folder) {
        try {
            Files.createDirectories(folder);
            var store = folder.resolve("gateway.p12").toAbsolutePath();
            Files.deleteIfExists(store);
            Program.start("keytool", folder, Map.of(), keytool(domain, store)).awaitEnd(Duration.ofSeconds(30));
            var entries = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            var chain = pem("CERTIFICATE", entries.getCertificate(ALIAS).getEncoded());
            var key = pem(
                    "PRIVATE KEY", entries.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
            return new Certificate(
                    store,
                    Files.writeString(store.resolveSibling("chain.pem"), chain),
                    Files.writeString(store.resolveSibling("key.pem"), key),
                    Files.writeString(store.resolveSibling("both.pem"), chain + key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TLS with this key for servers, and with trust in this certificate only for clients. */
    public SSLContext context() {
        try {
            var entries = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
            var anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry(ALIAS, entries.getCertificate(ALIAS));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(entries, PASSWORD.toCharArray());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> keytool(String domain, Path store) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + domain,
                "-ext",
                "SAN=dns:" + domain + ",dns:*." + domain,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
    }

    private static String pem(String kind, byte[] encoded) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
