package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.Standing.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EffectiveSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void namesEachOptionThatIsNotRefusedOnce() {
        var named = Arrays.stream(Option.values())
                .filter(option -> option.standing().effect() != Effect.MISTAKE)
                .map(Option::key)
                .toList();
        assertThat(lines(Map.of()))
                .extracting(line -> line.replaceFirst("^#", "").replaceFirst(" = .*", ""))
                .containsExactlyElementsOf(named);
    }

    @Test
    void saysWhereEachValueComesFrom() throws IOException {
        var file = file("allowed_groups = ['a,b', 'c']\ncookie_path = '/filed'\ncookie_expire = '2h'\n");
        var environment = Map.of("OAUTH2_PROXY_COOKIE_PATH", "/varied", "OAUTH2_PROXY_COOKIE_SECURE", "T");
        assertThat(lines(environment, "--config=" + file, "--cookie-name=\"a\\b\""))
                .contains(
                        "cookie_name = \"\\\"a\\\\b\\\"\"  # flag",
                        "cookie_path = \"/varied\"  # environment OAUTH2_PROXY_COOKIE_PATH",
                        "cookie_secure = true  # environment OAUTH2_PROXY_COOKIE_SECURE",
                        "cookie_expire = \"2h\"  # file " + Quoted.plain(file.toString()),
                        "allowed_groups = [\"a,b\", \"c\"]  # file " + Quoted.plain(file.toString()),
                        "cookie_refresh = \"0\"  # default",
                        "cookie_csrf_per_request_limit = 16  # default");
    }

    @Test
    void showsNoSecret() {
        assertThat(lines(Map.of()))
                .contains(
                        "#client_secret = \"***\"  # environment OAUTH2_PROXY_CLIENT_SECRET",
                        "#cookie_secret = \"***\"  # environment OAUTH2_PROXY_COOKIE_SECRET")
                .noneMatch(line -> line.contains(Samples.CLIENT_SECRET) || line.contains(Samples.COOKIE_SECRET));
    }

    @Test
    void showsNoAddressWhoseQueryMayHoldASecret() {
        assertThat(lines(Map.of(), "--backend-logout-url=https://id.akko.local/out?key=s3cret&t={id_token}"))
                .contains("#backend_logout_url = \"***\"  # flag")
                .noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void saysWhereTheImageListens() {
        assertThat(lines(Map.of("POSTERN_ADDRESS", "::")))
                .contains("http_address = \"[::]:4180\"  # environment POSTERN_ADDRESS, POSTERN_PORT");
        assertThat(lines(Map.of("POSTERN_ADDRESS", "::"), "--http-address=:80"))
                .contains("http_address = \":80\"  # flag");
    }

    @Test
    void leadsToTheSameSettingsWhenItBecomesAFile() throws IOException {
        String[] flags = {
            "--cookie-name=x",
            "--cookie-expire=2h",
            "--cookie-csrf-per-request-limit=3",
            "--skip-auth-route=\"GET=^/a{1,2}\\\\.b$\",^/c",
            "--whitelist-domain=.akko.local",
            "--pass-access-token",
            "--prompt=a \"b\" \\c # d",
            "--reverse-proxy",
            "--http-address=:80"
        };
        var file = file(String.join("\n", lines(Map.of(), flags)));
        var secrets = Samples.without(Option.PROVIDER, Option.CLIENT_ID, Option.OIDC_ISSUER_URL, Option.EMAIL_DOMAIN);
        var again = SettingsReader.read(List.of("--config=" + file), secrets);
        assertThat(withoutNotices(again)).isEqualTo(withoutNotices(Samples.read(flags)));
    }

    private static String withoutNotices(Settings settings) {
        return settings.toString().replaceFirst("notices=.*", "");
    }

    private static List<String> lines(Map<String, String> changes, String... flags) {
        return EffectiveSettings.lines(List.of(flags), Samples.environment(changes));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("postern.cfg"), content);
    }
}
