package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.ServerSettings.Address;
import io.github.postern.testbed.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerReaderTest {
    private static final Certificate PAIR = pair("server-pair");
    private static final Certificate OTHER = pair("other-pair");
    private static final String CERTIFICATE = "--tls-cert-file=" + PAIR.chain();
    private static final String KEY = "--tls-key-file=" + PAIR.key();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        ":80, 0.0.0.0, 80",
        "10.0.0.1:5, 10.0.0.1, 5",
        "http://0.0.0.0:5/, 0.0.0.0, 5",
        "[::1]:5, ::1, 5",
        "[::]:4180, ::, 4180",
        "localhost:65535, localhost, 65535"
    })
    void takesTheAddressApart(String written, String host, int port) {
        assertThat(Samples.read("--http-address=" + written).server().address()).hasValue(new Address(host, port));
    }

    @Test
    void leavesTheServersOwnDefaultWhereNobodyNamesAnAddress() {
        assertThat(Samples.read().server()).satisfies(server -> {
            assertThat(server.address()).isEmpty();
            assertThat(server.tls()).isEmpty();
            assertThat(server.httpsPort()).isEmpty();
        });
    }

    @Test
    void speaksNothingButHttpsWithACertificate() {
        var server = Samples.read(CERTIFICATE, KEY, "--http-address=:4180").server();
        assertThat(server.address()).hasValue(new Address("0.0.0.0", 443));
        assertThat(server.tls().orElseThrow()).satisfies(tls -> {
            assertThat(tls.certificate()).isEqualTo(PAIR.chain());
            assertThat(tls.key()).isEqualTo(PAIR.key());
            assertThat(tls.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
            assertThat(tls.suites()).isEmpty();
        });
        assertThat(Samples.notes(CERTIFICATE, KEY, "--http-address=:4180"))
                .contains("http-address has no effect: with tls-cert-file nothing but https is spoken, at :443.");
    }

    @Test
    void sendsPeopleToThePortOfTheHttpsAddress() {
        assertThat(Samples.read("--force-https").server().httpsPort()).hasValue(443);
        assertThat(Samples.read("--force-https", "--https-address=:8443")
                        .server()
                        .httpsPort())
                .hasValue(8443);
    }

    @Test
    void readsAnHttpsAddressOnlyWhereItCounts() {
        assertThat(Samples.mistakes("--https-address=-")).isEmpty();
        assertThat(Samples.mistakes("--https-address=-", "--force-https"))
                .containsExactly("https-address: '-' is no address and port; write :443 or 0.0.0.0:443");
        assertThat(Samples.mistakes("--https-address=http://a:1", CERTIFICATE, KEY))
                .containsExactly("https-address: 'http://a:1' is no address and port; write :443 or 0.0.0.0:443");
    }

    @Test
    void wantsBothFiles() {
        assertThat(Samples.mistakes(CERTIFICATE))
                .containsExactly("tls-key-file: is missing; https needs both, the certificate and its key");
        assertThat(Samples.mistakes(KEY))
                .containsExactly("tls-cert-file: is missing; https needs both, the certificate and its key");
    }

    @Test
    void refusesFilesThatAreNotThere() {
        assertThat(Samples.mistakes("--tls-cert-file=" + folder.resolve("none"), "--tls-key-file=" + folder))
                .containsExactlyInAnyOrder(
                        "tls-cert-file: file '"
                                + Quoted.plain(folder.resolve("none").toString())
                                + "' cannot be read; check its name and permissions",
                        "tls-key-file: file '" + Quoted.plain(folder.toString())
                                + "' cannot be read; check its name and permissions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "''",
                "words",
                "-----BEGIN CERTIFICATE-----;bm8=;-----END CERTIFICATE-----",
                "-----BEGIN PRIVATE KEY-----;bm8=;-----END PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----;bm8=;-----END ENCRYPTED PRIVATE KEY-----"
            })
    void refusesFilesOfAnotherKind(String content) throws IOException {
        var file = Files.writeString(folder.resolve("f"), content.replace(';', '\n'));
        assertThat(Samples.mistakes(CERTIFICATE, "--tls-key-file=" + file))
                .singleElement()
                .asString()
                .startsWith("tls-key-file: file '")
                .endsWith("' holds no unencrypted private key in PEM; name the right file");
        assertThat(Samples.mistakes("--tls-cert-file=" + file, KEY))
                .singleElement()
                .asString()
                .startsWith("tls-cert-file: file '")
                .endsWith("' holds no certificate in PEM; name the right file");
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() {
        assertThat(Samples.mistakes(CERTIFICATE, "--tls-key-file=" + OTHER.key()))
                .singleElement()
                .asString()
                .startsWith("tls-key-file: '")
                .contains("is not the key of the first certificate in");
    }

    @Test
    void takesCertificateAndKeyFromOneFile() {
        assertThat(Samples.mistakes("--tls-cert-file=" + PAIR.both(), "--tls-key-file=" + PAIR.both()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--tls-min-version=TLS1.1 ! tls-min-version: 'TLS1.1' is not known; choose TLS1.2 or TLS1.3",
                "--tls-min-version=tls1.2 ! tls-min-version: 'tls1.2' is not known; choose TLS1.2 or TLS1.3",
                "--tls-cipher-suite=TLS_RSA_WITH_RC4_128_SHA ! tls-cipher-suite: 'TLS_RSA_WITH_RC4_128_SHA' is broken or keeps no secret once the key leaks; remove it",
                "--tls-cipher-suite=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA255 ! tls-cipher-suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA255' is not known; did you mean TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256?",
                "--tls-cipher-suite=HIGH ! tls-cipher-suite: 'HIGH' is not known; name a suite such as TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "--tls-cipher-suite=TLS_AES_128_GCM_SHA256 ! tls-cipher-suite: names suites of TLS 1.3 only, which cannot be chosen; set tls-min-version=TLS1.3 instead"
            })
    void refusesWhatWouldNotBeSafe(String flag, String mistake) {
        assertThat(Samples.mistakes(flag, CERTIFICATE, KEY)).containsExactly(mistake);
    }

    @Test
    void tellsThatTheRestIsIdleWithoutACertificate() {
        assertThat(Samples.notes(
                        "--tls-min-version=TLS1.3", "--tls-cipher-suite=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                .containsAll(List.of(
                        "tls-min-version has no effect: tls-cert-file is not set.",
                        "tls-cipher-suite has no effect: tls-cert-file is not set."));
    }

    private static Certificate pair(String folder) {
        return Certificate.create("postern.test", Path.of("target", folder));
    }
}
