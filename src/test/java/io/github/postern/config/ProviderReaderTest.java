package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.without;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--provider=google ! provider: 'google' is not spoken here, only OpenID Connect is; set keycloak-oidc, or oidc with the provider's oidc-issuer-url",
                "--provider=keycloak ! provider: 'keycloak' is the old provider of that name; set keycloak-oidc",
                "--code-challenge-method=plain ! code-challenge-method: 'plain' is refused; S256 is always used, so remove it",
                "--force-code-challenge-method=plain ! force-code-challenge-method: 'plain' is refused; S256 is always used, so remove it",
                "--oidc-issuer-url=identity.akko.local ! oidc-issuer-url: does not begin with https:// or http://; write the whole address",
                "--oidc-issuer-url=ftp://a/b ! oidc-issuer-url: does not begin with https:// or http://; write the whole address",
                "--oidc-issuer-url=https:///realms ! oidc-issuer-url: has no valid host and port; write it as https://host/path",
                "--oidc-issuer-url=https://a:99999/ ! oidc-issuer-url: has no valid host and port; write it as https://host/path",
                "--oidc-issuer-url=https://a/?b ! oidc-issuer-url: holds a ?query; an issuer has none (OpenID Connect Discovery 3)",
                "--oidc-issuer-url=https://a/#b ! oidc-issuer-url: holds a user name or a #fragment; remove it",
                "--oidc-issuer-url=https://u:hunter2@a/ ! oidc-issuer-url: holds a user name or a #fragment; remove it",
                "--oidc-issuer-url=https://a b/ ! oidc-issuer-url: is no web address; write it as https://host/path",
                "--redirect-url=/oauth2/callback ! redirect-url: does not begin with https:// or http://; write the whole address",
                "--redirect-url=https://a/#b ! redirect-url: holds a user name or a #fragment; remove it",
                "--provider-timeout=0 ! provider-timeout: must be more than 0 and at most 10s; 5s suits most",
                "--provider-timeout=11s ! provider-timeout: must be more than 0 and at most 10s; 5s suits most",
                "--oidc-email-claim= ! oidc-email-claim: is empty; name a claim",
                "--provider-ca-file=/dev/null ! provider-ca-file: file '/dev/null' holds no PEM certificate; name a file that begins with -----BEGIN CERTIFICATE-----",
                "--provider-ca-file=/none/ca.pem ! provider-ca-file: file '/none/ca.pem' cannot be read; check its name and permissions"
            })
    void refusesWhatCannotWork(String flag, String mistake) {
        assertThat(mistakes(flag)).containsExactly(mistake);
    }

    @Test
    void namesTheProviderToSet() {
        assertThat(mistakes(without(Option.PROVIDER)))
                .containsExactly("provider: is missing; set provider=keycloak-oidc, or provider=oidc for any other");
    }

    @Test
    void keepsTheIssuerByteForByte() {
        assertThat(Samples.read("--oidc-issuer-url=https://Identity.AKKO.local:443/realms/akko/")
                        .provider()
                        .issuer())
                .isEqualTo("https://Identity.AKKO.local:443/realms/akko/");
    }

    @Test
    void refusesAnEmptySecretFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), "\n");
        assertThat(mistakes(without(Option.CLIENT_SECRET), "--client-secret-file=" + file))
                .containsExactly("client-secret-file: the file is empty; write the secret into it");
    }

    @Test
    void addsTheScopeThatMakesItOpenIdConnect() {
        assertThat(Samples.read("--scope=email  groups").provider().scopes())
                .containsExactly("openid", "email", "groups");
    }

    @ParameterizedTest
    @CsvSource({
        "https://akko.local, https://akko.local/sso/callback",
        "https://akko.local:8443, https://akko.local:8443/sso/callback",
        "https://akko.local/oauth2/callback, https://akko.local/oauth2/callback"
    })
    void completesTheRedirectUrl(String given, String expected) {
        var settings = Samples.read("--redirect-url=" + given, "--proxy-prefix=/sso");
        assertThat(settings.provider().redirectUrl()).hasValue(URI.create(expected));
    }

    @Test
    void namesTheButtonAfterTheKindOfProvider() {
        assertThat(Samples.read("--provider=oidc").provider().displayName()).isEqualTo("OpenID Connect");
    }
}
