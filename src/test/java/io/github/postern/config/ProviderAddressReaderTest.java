package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.notes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's addresses and keys, where the operator writes them down. */
final class ProviderAddressReaderTest {
    private static final String[] WRITTEN = {
        "--skip-oidc-discovery",
        "--login-url=https://a/login",
        "--redeem-url=https://a/token",
        "--oidc-jwks-url=https://a/keys"
    };

    @TempDir
    private Path folder;

    @Test
    void namesEachMissingAddress() {
        assertThat(mistakes("--skip-oidc-discovery"))
                .containsExactly(
                        "oidc-jwks-url: is missing; with skip-oidc-discovery=true it, or oidc-public-key-file, names the provider's keys",
                        "redeem-url: is missing; with skip-oidc-discovery=true it names the provider's token endpoint",
                        "login-url: is missing; with skip-oidc-discovery=true it names the provider's authorization endpoint");
    }

    @Test
    void needsNoProfileUrl() {
        assertThat(mistakes(WRITTEN)).isEmpty();
        assertThat(notes(WRITTEN)).anyMatch(note -> note.contains("a sign-out ends the session here"));
    }

    @Test
    void tellsWhatDiscoveryMakesIdle() {
        assertThat(notes("--login-url=https://u:p@a/x", "--oidc-jwks-url=http://a"))
                .contains("Without effect, since the discovery document decides: login-url, oidc-jwks-url;"
                        + " skip-oidc-discovery=true ends that.");
    }

    @ParameterizedTest
    @CsvSource({
        "--login-url=, a/login",
        "--redeem-url=, a/token",
        "--profile-url=, a/me",
        "--oidc-jwks-url=, a/keys",
        "--validate-url=, a/ok",
        "--backend-logout-url=, a/out?t={id_token}"
    })
    void holdsEachAddressToTheSame(String flag, String rest) {
        String name = flag.substring(2, flag.length() - 1);
        assertThat(mistakes(with(flag + "http://" + rest)))
                .containsExactly(
                        name
                                + ": is http, where oidc-issuer-url is https: secrets and tokens would cross the network in clear; use https, or set ssl-insecure-skip-verify=true where that network is yours alone");
        assertThat(mistakes(with(flag + "https://u:hunter2@" + rest)))
                .containsExactly(name + ": holds a user name or a #fragment; remove it");
        assertThat(mistakes(with(flag + rest)))
                .containsExactly(name + ": does not begin with https:// or http://; write the whole address");
        assertThat(mistakes(with(flag + "https://" + rest))).isEmpty();
        assertThat(mistakes(with(flag + "http://" + rest, "--ssl-insecure-skip-verify")))
                .as("whoever gave up on TLS has given up on it")
                .isEmpty();
        assertThat(mistakes(with(flag + "http://" + rest, "--oidc-issuer-url=http://i")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "HS256 ! 'HS256' is refused: whoever can check such a token can forge it",
                "none ! 'none' is refused: whoever can check such a token can forge it",
                "rs256 ! 'rs256' is not known",
                "EdDSA ! 'EdDSA' is not known"
            })
    void refusesAlgorithms(String name, String fault) {
        assertThat(mistakes("--oidc-enabled-signing-alg=RS256," + name))
                .containsExactly("oidc-enabled-signing-alg: " + fault
                        + "; choose among RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512");
    }

    @Test
    void refusesFilesThatHoldNoPublicKey() throws IOException, NoSuchAlgorithmException {
        String junk = written("junk", "hello");
        String secret = written("private", pem("PRIVATE KEY", rsa().getPrivate().getEncoded()));
        assertThat(mistakes("--oidc-public-key-file=/none/k.pem"))
                .containsExactly(
                        "oidc-public-key-file: file '/none/k.pem' cannot be read; check its name and permissions");
        assertThat(mistakes("--oidc-public-key-file=" + junk))
                .singleElement()
                .asString()
                .contains("holds no RSA or EC public key");
        assertThat(mistakes("--oidc-public-key-file=" + secret))
                .singleElement()
                .asString()
                .contains("holds a private key");
    }

    @Test
    void readsKeysAndCertificates() throws IOException, NoSuchAlgorithmException {
        String key = written("key", pem("PUBLIC KEY", rsa().getPublic().getEncoded()));
        String certificate = written("cert", Samples.CERTIFICATE);
        String files = "--oidc-public-key-file=" + key + "," + certificate;
        var settings = Samples.read(files, WRITTEN[0], WRITTEN[1], WRITTEN[2]);
        assertThat(settings.provider().idTokens().keys())
                .extracting(found -> found.getKeyType().getValue())
                .containsExactly("RSA", "EC");
        assertThat(mistakes(with(files)))
                .containsExactly(
                        "oidc-public-key-file: cannot be used together with oidc-jwks-url; remove one of the two");
        assertThat(Samples.read(files).provider().idTokens().keys())
                .as("discovery decides")
                .isEmpty();
    }

    @Test
    void warnsOfAnyIssuer() {
        assertThat(Samples.warnings("--insecure-oidc-skip-issuer-verification"))
                .anyMatch(line -> line.startsWith("insecure-oidc-skip-issuer-verification=true"));
    }

    @ParameterizedTest
    @CsvSource({
        "email,  uid, uid,   user-id-claim is the old name of oidc-email-claim",
        "mail,   uid, mail,  user-id-claim has no effect",
        "mail, email, mail,  ''",
        "email, email, email, ''"
    })
    void takesTheOlderNameOfTheEmailClaim(String newer, String older, String claim, String note) {
        String[] flags = {"--oidc-email-claim=" + newer, "--user-id-claim=" + older};
        assertThat(Samples.read(flags).provider().emailClaim()).isEqualTo(claim);
        assertThat(notes(flags)).anyMatch(line -> line.startsWith(note));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fragment", "form_post.jwt", "QUERY"})
    void refusesModesThatCannotBeAnswered(String mode) {
        assertThat(mistakes("--auth-request-response-mode=" + mode))
                .containsExactly("auth-request-response-mode: '" + mode
                        + "' cannot be answered here; choose query or form_post, or remove it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--cookie-refresh=5m ! session-cookie-minimal: keeps no tokens, but cookie-refresh needs the refresh token; remove one of the two",
                "--pass-access-token ! session-cookie-minimal: keeps no tokens, but pass-access-token hands apps the access token; remove one of the two",
                "--set-authorization-header ! session-cookie-minimal: keeps no tokens, but set-authorization-header hands apps the ID token; remove one of the two"
            })
    void refusesTokensInAMinimalCookie(String flag, String mistake) {
        assertThat(mistakes("--session-cookie-minimal", flag)).containsExactly(mistake);
    }

    @ParameterizedTest
    @CsvSource({
        "/oauth2/callback, /oauth2/callback",
        "/elsewhere, /elsewhere",
        "'', /oauth2/callback",
        "https://akko.local, "
    })
    void sendsAPathWhereAskedTo(String redirectUrl, String sent) {
        var signIn = Samples.read("--relative-redirect-url", "--redirect-url=" + redirectUrl)
                .provider()
                .signIn();
        assertThat(signIn.relativeRedirect().orElse(null)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/x", "/a?b", "/a b", "/a#b"})
    void sendsNothingButAPath(String redirectUrl) {
        assertThat(mistakes("--relative-redirect-url", "--redirect-url=" + redirectUrl))
                .singleElement()
                .asString()
                .startsWith("redirect-url: is no path");
    }

    @ParameterizedTest
    @CsvSource({
        "https://akko.local,      lax,    https://identity.akko.local/realms/akko, ''",
        "https://akko.local,      strict, https://identity.akko.local/realms/akko, ''",
        "https://a.akko.co.uk,    lax,    https://b.akko.co.uk/,                   ''",
        "https://a.co.uk,         lax,    https://b.co.uk/,                        mistake",
        "https://akko.local,      lax,    https://idp.example/,                    mistake",
        "https://akko.local,      none,   https://idp.example/,                    ''",
        "https://akko.local,      '',     https://idp.example/,                    note",
        "'',                      lax,    https://idp.example/,                    note"
    })
    void knowsWhetherAPostedAnswerComesWithItsCookie(String here, String sameSite, String issuer, String outcome) {
        String[] flags = {
            "--auth-request-response-mode=form_post",
            "--cookie-samesite=" + sameSite,
            "--redirect-url=" + here,
            "--oidc-issuer-url=" + issuer
        };
        String told = "form_post needs cookie-csrf-samesite=none";
        List<String> mistakes = mistakes(flags);
        assertThat(mistakes.stream().anyMatch(line -> line.contains(told))).isEqualTo(outcome.equals("mistake"));
        if (mistakes.isEmpty()) {
            assertThat(notes(flags).stream().anyMatch(line -> line.contains(told)))
                    .isEqualTo(outcome.equals("note"));
        }
    }

    /** Addresses that can be used, with these in their place. */
    private static String[] with(String... flags) {
        var names =
                Arrays.stream(flags).map(flag -> flag.replaceFirst("=.*", "=")).toList();
        return Stream.concat(
                        Arrays.stream(WRITTEN).filter(flag -> names.stream().noneMatch(name -> flag.startsWith(name))),
                        Arrays.stream(flags))
                .toArray(String[]::new);
    }

    private static java.security.KeyPair rsa() throws NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }

    private String written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
