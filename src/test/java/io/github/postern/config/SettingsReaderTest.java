package io.github.postern.config;

import static io.github.postern.config.Samples.environment;
import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.Settings.Notice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheOriginalDeploymentFromItsFile() throws IOException {
        var file = Files.writeString(folder.resolve("oauth2-proxy.cfg"), """
                provider = "keycloak-oidc"
                oidc_issuer_url = "https://identity.akko.local/realms/akko"
                client_id = "akko-oauth2-proxy"
                client_secret = "correct-horse"
                cookie_name = "_akko_oauth2"
                cookie_secret = "wbn+10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d/k="
                cookie_domains = [".akko.local"]
                cookie_secure = true
                cookie_samesite = "lax"
                upstreams = ["static://200"]
                redirect_url = "https://akko.local/oauth2/callback"
                email_domains = ["*"]
                """);
        var settings = SettingsReader.read(List.of("--config=" + file), Map.of());
        assertThat(settings.provider().redirectUrl()).hasValue(URI.create("https://akko.local/oauth2/callback"));
        assertThat(settings.forwarded().returnDomains()).containsExactly(".akko.local", "akko.local");
        assertThat(settings.notices().stream().filter(Notice::weak)).isEmpty();
        assertThat(settings.notices())
                .extracting(Notice::text)
                .anyMatch(text -> text.startsWith("Apps are told who is signed in"))
                .anyMatch(text -> text.startsWith("People may return after sign-in to .akko.local, akko.local"))
                .anyMatch(
                        text -> text.startsWith("What a proxy tells of the user's request is believed from loopback"));
    }

    @Test
    void CFG_08_tellsAllThatIsMissingTogether() {
        assertThat(mistakes(without(Option.CLIENT_ID, Option.CLIENT_SECRET, Option.OIDC_ISSUER_URL)))
                .containsExactlyInAnyOrder(
                        "client-id: is missing; it is the client's id at the provider",
                        "client-secret: is missing; set it, or client-secret-file",
                        "oidc-issuer-url: is missing; for Keycloak it is https://HOST/realms/REALM");
    }

    @Test
    void tellsEveryKindOfMistakeTogether() {
        assertThat(mistakes(
                        environment(Map.of("OAUTH2_PROXY_EMAIL_DOMAIN", "x")),
                        "--fooo",
                        "--cookie-samesite=x",
                        "--github-org=x"))
                .hasSize(4);
    }

    @Test
    void CFG_13_asksWhoMaySignIn() {
        assertThat(mistakes(without(Option.EMAIL_DOMAIN)))
                .containsExactly(
                        "email-domain: is missing, and so are authenticated-emails-file and htpasswd-file; name the domains"
                                + " that may sign in, or * for all");
    }

    @Test
    void CFG_16_letsTheFlagWinOverTheEnvironmentOverTheFile() throws IOException {
        var file = Files.writeString(
                folder.resolve("postern.cfg"), "cookie_name = 'filed'\ncookie_path = '/filed'\nprompt = 'filed'\n");
        var settings = SettingsReader.read(
                List.of("--cookie-name=flagged", "--config=" + file),
                environment(Map.of("OAUTH2_PROXY_COOKIE_NAME", "varied", "OAUTH2_PROXY_COOKIE_PATH", "/varied")));
        assertThat(settings.cookies().name()).isEqualTo("flagged");
        assertThat(settings.cookies().path()).isEqualTo("/varied");
        assertThat(settings.provider().prompt()).hasValue("filed");
        assertThat(settings.notices())
                .extracting(Notice::text)
                .contains(
                        "Set by the command line: config, cookie-name.",
                        "Set by the environment: provider, client-id, client-secret, oidc-issuer-url,"
                                + " cookie-name (overridden), cookie-secret, cookie-path, email-domain.",
                        "Set by the file: prompt, cookie-name (overridden), cookie-path (overridden).")
                .noneMatch(text -> text.contains(Samples.CLIENT_SECRET) || text.contains(Samples.COOKIE_SECRET));
    }

    @Test
    void findsTheFileThroughTheEnvironmentUnlessAFlagNamesOne() throws IOException {
        var one = Files.writeString(folder.resolve("one.cfg"), "cookie_name = 'one'\n")
                .toString();
        var two = Files.writeString(folder.resolve("two.cfg"), "cookie_name = 'two'\n")
                .toString();
        var environment = environment(Map.of("OAUTH2_PROXY_CONFIG", one));
        assertThat(SettingsReader.read(List.of(), environment).cookies().name()).isEqualTo("one");
        assertThat(SettingsReader.read(List.of("--config", two), environment)
                        .cookies()
                        .name())
                .isEqualTo("two");
    }

    @ParameterizedTest
    @CsvSource({
        "--insecure-oidc-skip-nonce, insecure-oidc-skip-nonce=true",
        "--ssl-insecure-skip-verify, ssl-insecure-skip-verify=true",
        "--cookie-secure=false, cookie-secure=false",
        "--insecure-oidc-allow-unverified-email, insecure-oidc-allow-unverified-email=true",
        "--cookie-httponly=false, cookie-httponly=false",
        "--cookie-samesite=none, cookie-samesite=none",
        "--oidc-issuer-url=http://identity.akko.local/realms/akko, oidc-issuer-url is http",
        "--trusted-proxy-ip=0.0.0.0/0, trusted-proxy-ip=0.0.0.0/0",
        "--trusted-proxy-ip=::/0, trusted-proxy-ip=::/0",
        "--trusted-ip=0.0.0.0/0, trusted-ip=0.0.0.0/0",
        "--skip-auth-regex=/public, skip-auth-regex rule 1 (/public)",
        "--skip-auth-route=GET=.*, skip-auth-route rule 1 (GET=.*) matches every path",
        "--whitelist-domain=.com, whitelist-domain=.com"
    })
    void CFG_17_warnsOfEachWeakSetting(String flag, String beginning) {
        assertThat(Samples.warnings(flag))
                .hasSize("--cookie-samesite=none".equals(flag) ? 2 : 1)
                .first()
                .asString()
                .startsWith(beginning);
    }

    @Test
    void doesNotWarnOfTheSmallestSettings() {
        assertThat(Samples.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--reverse-proxy ! reverse-proxy has no effect: trusted-proxy-ip alone decides",
                "--encode-state ! encode-state has no effect",
                "--approval-prompt=auto ! approval-prompt has no effect",
                "--cookie-csrf-per-request=false ! cookie-csrf-per-request=false has no effect",
                "--cookie-csrf-per-request-limit=0 ! cookie-csrf-per-request-limit=0 means 16 here",
                "--cookie-samesite=strict ! cookie-samesite=strict: browsers withhold the cookie",
                "--scope=email ! scope has no openid; it is added",
                "--client-secret-file=/x ! client-secret-file has no effect: client-secret is set too",
                "--redirect-url=https://a.b/other ! redirect-url does not end in /oauth2/callback",
                "--redirect-url=http://akko.localhost/oauth2/callback ! redirect-url is http with cookie-secure=true"
            })
    void notesWhatHasNoEffectOrSurprises(String flag, String beginning) {
        assertThat(Samples.notes(flag)).anyMatch(note -> note.startsWith(beginning));
    }

    @Test
    void notesThatTheAccessTokenNeedsTheOtherHeaders() {
        assertThat(Samples.notes("--pass-access-token", "--set-xauthrequest=false"))
                .contains("pass-access-token has no effect: set-xauthrequest is false.");
    }

    @Test
    void doesNotSpeakOfDefaultsThatAreSet() {
        assertThat(Samples.notes("--set-xauthrequest", "--trusted-proxy-ip=10.0.0.1"))
                .allMatch(note -> note.startsWith("Set by ") || note.startsWith("Sessions are kept in the cookie:"));
    }
}
