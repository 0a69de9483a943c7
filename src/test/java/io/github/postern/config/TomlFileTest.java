package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TomlFileTest {
    @TempDir
    private Path folder;

    @Test
    void CFG_20_readsWindowsLineEndsTabsAndAByteOrderMark() throws IOException {
        var settings = read(
                "\uFEFFcookie_name\t=\t\"filed\"\r\n\r\n# words\r\nallowed_groups = [\r\n\t\"a,b\",\r\n\t\"c\"\r\n]\r\n");
        assertThat(settings.cookies().name()).isEqualTo("filed");
        assertThat(settings.admission().allowedGroups()).containsExactly("a,b", "c");
    }

    @Test
    void isWeaklyTyped() throws IOException {
        var settings = read("""
                cookie_secure = "false"
                cookie_httponly = false
                cookie_csrf_per_request_limit = "3"
                cookie_expire = 0
                client_id = 17
                allowed_groups = "a, b"
                allowed_roles = 5
                """);
        assertThat(settings.cookies().secure()).isFalse();
        assertThat(settings.cookies().httpOnly()).isFalse();
        assertThat(settings.cookies().loginLimit()).isEqualTo(3);
        assertThat(settings.cookies().lifetime()).isEqualTo(Duration.ZERO);
        assertThat(settings.provider().clientId()).isEqualTo("akko-oauth2-proxy");
        assertThat(settings.admission().allowedGroups()).containsExactly("a", "b", "role:5");
    }

    @Test
    void takesKeysInAnyCaseAsOauth2ProxyDoes() throws IOException {
        assertThat(read("Cookie_NAME = 'filed'").cookies().name()).isEqualTo("filed");
    }

    @Test
    void keepsACommaInsideAnArray() throws IOException {
        var routes = read("skip_auth_routes = ['GET=^/v[0-9]{1,2}/open$']")
                .admission()
                .skipRoutes();
        assertThat(routes)
                .singleElement()
                .satisfies(route -> assertThat(route.path().pattern()).isEqualTo("^/v[0-9]{1,2}/open$"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "cookie_name = \"a\"; cookie_secret = \"hunter2 ! config: line 2: not valid TOML; texts stand in quotes, lists in brackets, each setting on its own line",
                "cookie_secret = hunter2 ! config: line 1: not valid TOML; texts stand in quotes, lists in brackets, each setting on its own line",
                "cookie_name = \"a\"; cookie_path = \"/\"; cookie_name = \"hunter2\" ! config: line 3: this key was set before; keep one of the two",
                "prompt = \"a\"; cookie_secrett = \"hunter2\" ! cookie_secrett (line 2): is not a setting of Postern; did you mean cookie_secret?",
                "cookie-name = \"hunter2\" ! cookie-name (line 1): is not a setting of Postern; did you mean cookie_name?",
                "email_domain = \"*\" ! email_domain (line 1): is not a setting of Postern; did you mean email_domains?",
                "OAUTH2_PROXY_COOKIE_NAME = \"hunter2\" ! OAUTH2_PROXY_COOKIE_NAME (line 1): is not a setting of Postern; did you mean cookie_name?",
                "OAUTH2_PROXY_EMAIL_DOMAIN = \"*\" ! OAUTH2_PROXY_EMAIL_DOMAIN (line 1): is not a setting of Postern; did you mean email_domains?",
                "--cookie-name = \"hunter2\" ! --cookie-name (line 1): is not a setting of Postern; did you mean cookie_name?",
                "[injectRequestHeaders];a=1 ! injectRequestHeaders (line 1): is not a setting of Postern; see docs/settings.md",
                "config = \"x\" ! config (line 1): is not a setting of Postern; see docs/settings.md",
                "cookie_secret = [\"hunter2\"] ! cookie_secret (line 1): one value is expected; see docs/settings.md",
                "allowed_groups = [[\"hunter2\"]] ! allowed_groups (line 1): a list of texts is expected; see docs/settings.md",
                "cookie_name.x = \"hunter2\" ! cookie_name (line 1): one value is expected; see docs/settings.md",
                "cookie_secure = \"yes\" ! cookie-secure: true or false is expected, not 'yes'",
                "cookie_expire = 3600 ! cookie-expire: a duration such as 168h, 1h30m, 15m or 0, of less than 68 years is expected, not '3600'",
                "allowed_groups = [\"\"] ! allowed-group: the list holds nothing but blanks; name an entry or remove it"
            })
    void CFG_04_CFG_20_tellsTheLineAndNeverTheValue(String content, String mistake) throws IOException {
        assertThat(mistakes("--config=" + file(content.replace(';', '\n').getBytes(StandardCharsets.UTF_8))))
                .singleElement()
                .asString()
                .isEqualTo(mistake);
    }

    @Test
    void CFG_20_refusesFiveMegabytes() throws IOException {
        var file = file("#".repeat(5 * 1024 * 1024).getBytes(StandardCharsets.UTF_8));
        assertThat(mistakes("--config=" + file)).singleElement().asString().contains("is larger than 1 MB");
    }

    @Test
    void CFG_20_refusesWhatIsNotText() throws IOException {
        assertThat(mistakes("--config=" + file(new byte[] {'a', (byte) 0xff})))
                .containsExactly("config: the file is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void tellsOfAFileThatIsNotThere() {
        assertThat(mistakes("--config=" + folder)).singleElement().asString().contains("cannot be read");
        assertThat(mistakes("--config=" + folder.resolve("none")))
                .singleElement()
                .asString()
                .contains("cannot be read");
        assertThat(mistakes("--config=a\0b")).singleElement().asString().contains("cannot be read");
    }

    private Settings read(String content) throws IOException {
        return Samples.read("--config=" + file(content.getBytes(StandardCharsets.UTF_8)));
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("postern.cfg"), content);
    }
}
