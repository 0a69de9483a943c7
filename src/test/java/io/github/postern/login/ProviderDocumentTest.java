package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.postern.config.ProviderSettings;
import io.github.postern.config.SettingsReader;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeKeycloak;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderDocumentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RS256,PS256,HS256 |             | RS256,PS256",
                "RS256,PS256,HS256 | PS256       | PS256",
                "RS256,PS256,HS256 | ES256,RS256 | RS256",
                "''                | ES256       | ES256",
                "''                |             | RS256"
            })
    void trustsWhatIsOfferedAndAllowed(String offered, String allowed, String trusted) throws Exception {
        assertThat(read(offered, allowed).getIDTokenJWSAlgs().stream()
                        .map(Algorithm::getName)
                        .collect(Collectors.joining(",")))
                .isEqualTo(trusted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RS256,HS256 | ES256 | it offers [RS256, HS256] for ID tokens, of which oidc-enabled-signing-alg names none",
                "HS256,none  |       | it offers only [HS256, none] for ID tokens, where whoever checks a signature can forge it",
                "HS256       | RS256 | it offers [HS256] for ID tokens, of which oidc-enabled-signing-alg names none"
            })
    void saysWhyNoSignatureCouldBeTrusted(String offered, String allowed, String reason) {
        assertThatThrownBy(() -> read(offered, allowed))
                .isInstanceOf(ParseException.class)
                .hasMessage(reason);
    }

    @Test
    void takesTheOperatorsWordWithoutAsking() throws Exception {
        try (var keycloak = FakeKeycloak.start("c", "s")) {
            var metadata = document(settings(
                            keycloak.issuer(),
                            "--skip-oidc-discovery",
                            "--login-url=https://a/login",
                            "--redeem-url=https://a/token",
                            "--oidc-jwks-url=https://a/keys"))
                    .read();
            assertThat(List.of(
                            metadata.getAuthorizationEndpointURI().toString(),
                            metadata.getTokenEndpointURI().toString(),
                            metadata.getJWKSetURI().toString(),
                            metadata.getIssuer().getValue(),
                            metadata.getIDTokenJWSAlgs().toString()))
                    .containsExactly(
                            "https://a/login", "https://a/token", "https://a/keys", keycloak.issuer(), "[RS256]");
            assertThat(metadata.getUserInfoEndpointURI()).isNull();
            assertThat(keycloak.journal().count(Endpoint.DISCOVERY)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true"})
    void believesAnotherIssuerOnlyWhereTold(boolean told, boolean believed) throws IOException {
        try (var keycloak = FakeKeycloak.start("c", "s")) {
            keycloak.misbehave().discovery(document -> document.put("issuer", "https://public/realms/akko"));
            var document = document(settings(keycloak.issuer(), "--insecure-oidc-skip-issuer-verification=" + told));
            if (believed) {
                assertThat(document.read().getIssuer().getValue()).isEqualTo("https://public/realms/akko");
            } else {
                assertThatThrownBy(document::read)
                        .hasMessageContaining("it names the issuer https://public/realms/akko");
            }
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static OIDCProviderMetadata read(String offered, String allowed) throws Exception {
        try (var keycloak = FakeKeycloak.start("c", "s")) {
            keycloak.misbehave().discovery(document -> {
                if (offered.isEmpty()) {
                    document.remove("id_token_signing_alg_values_supported");
                } else {
                    document.put("id_token_signing_alg_values_supported", List.of(offered.split(",")));
                }
            });
            String[] flags = allowed == null ? new String[0] : new String[] {"--oidc-enabled-signing-alg=" + allowed};
            return document(settings(keycloak.issuer(), flags)).read();
        }
    }

    private static ProviderDocument document(ProviderSettings settings) throws IOException {
        try {
            return new ProviderDocument(settings, new ProviderHttp(SSLContext.getDefault(), settings.timeout()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    static ProviderSettings settings(String issuer, String... flags) {
        var all = Stream.concat(
                        Stream.of(
                                "--provider=oidc",
                                "--client-id=c",
                                "--client-secret=s",
                                "--cookie-secret=0123456789abcdef",
                                "--email-domain=*",
                                "--oidc-issuer-url=" + issuer),
                        Stream.of(flags))
                .toList();
        return SettingsReader.read(all, Map.of()).provider();
    }
}
