package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import io.github.postern.config.ProviderSettings;
import io.github.postern.config.Secret;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeKeycloak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pac4j.oidc.config.OidcConfiguration;

/** When people can sign in, and what the operator is told when they cannot. */
final class ProviderMetadataTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void saysWhichAlgorithmsWouldDo() throws Exception {
        try (var keycloak = FakeKeycloak.start("c", "s")) {
            var settings = ProviderDocumentTest.settings(keycloak.issuer(), "--oidc-enabled-signing-alg=ES512");
            assertThat(trouble(settings, text -> text.contains("cannot be used")))
                    .hasValueSatisfying(text -> assertThat(text)
                            .contains("it offers [PS256, ES256, RS256, HS256] for ID tokens, of which"
                                    + " oidc-enabled-signing-alg names none"));
        }
    }

    @Test
    void isReadyOnceTheNamedKeysAreThere() throws Exception {
        try (var keycloak = FakeKeycloak.start("c", "s")) {
            keycloak.misbehave().answer(Endpoint.DISCOVERY, 500, "text/plain", "");
            var settings = written(keycloak, "--oidc-jwks-url=" + keycloak.issuer() + Endpoint.KEYS.path());
            assertThat(trouble(settings, String::isEmpty)).isEmpty();
        }
    }

    @Test
    void namesTheKeysThatCannotBeHadWithoutTheirQuery() throws Exception {
        try (var keycloak = FakeKeycloak.start("c", "s")) {
            var settings = written(keycloak, "--oidc-jwks-url=" + keycloak.issuer() + "/nowhere?token=hunter2");
            assertThat(trouble(settings, text -> text.contains("/nowhere")))
                    .hasValueSatisfying(
                            text -> assertThat(text).contains("answered 404").doesNotContain("hunter2"));
        }
    }

    @Test
    void asksNobodyWhereFilesHoldTheKeys(@TempDir Path folder) throws Exception {
        try (var keycloak = FakeKeycloak.start("c", "s")) {
            byte[] key = keycloak.keys().current().toPublicKey().getEncoded();
            var file = Files.writeString(
                    folder.resolve("key.pem"),
                    "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                            + "\n-----END PUBLIC KEY-----\n");
            assertThat(trouble(written(keycloak, "--oidc-public-key-file=" + file), String::isEmpty))
                    .isEmpty();
            assertThat(keycloak.journal().count(Endpoint.KEYS)).isZero();
        }
    }

    @Test
    void callsWithTheSecretOfTheMoment() throws Exception {
        try (var keycloak = FakeKeycloak.start("c", "s")) {
            var settings = ProviderDocumentTest.settings(keycloak.issuer());
            var configuration = new OidcConfiguration();
            configuration.setClientId(settings.clientId());
            try (var http = new ProviderHttp(SSLContext.getDefault(), settings.timeout());
                    var provider = new ProviderMetadata(settings, configuration, http, InstantSource.system())) {
                provider.use(new Secret("of the moment"));
                provider.start();
                for (int tries = 0; tries < 400 && !provider.isKnown(); tries++) {
                    Thread.sleep(50);
                }
                assertThat(secret(provider)).isEqualTo("of the moment");
                provider.use(new Secret("of the next"));
                assertThat(secret(provider)).isEqualTo("of the next");
            }
        }
    }

    private static String secret(ProviderMetadata provider) {
        var authentication = (PlainClientSecret) provider.getClientAuthenticationTokenEndpoint();
        return authentication.getClientSecret().getValue();
    }

    private static ProviderSettings written(FakeKeycloak keycloak, String keys) {
        return ProviderDocumentTest.settings(
                keycloak.issuer(),
                "--skip-oidc-discovery",
                "--login-url=" + keycloak.issuer() + "/auth",
                "--redeem-url=" + keycloak.issuer() + "/token",
                keys);
    }

    /** The trouble once it is the awaited one; an empty text stands for none. */
    private static Optional<String> trouble(ProviderSettings settings, Predicate<String> awaited) throws Exception {
        var http = new ProviderHttp(SSLContext.getDefault(), settings.timeout());
        var configuration = new OidcConfiguration();
        configuration.setClientId(settings.clientId());
        try (http;
                var provider = new ProviderMetadata(settings, configuration, http, InstantSource.system())) {
            provider.start();
            var end = Instant.now().plus(PATIENCE);
            while (!awaited.test(provider.trouble().orElse("")) && Instant.now().isBefore(end)) {
                Thread.sleep(50);
            }
            return provider.trouble();
        }
    }
}
