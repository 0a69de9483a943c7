package io.github.postern.config;

import static io.github.postern.config.Samples.environment;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.Settings.Notice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentTest {
    @ParameterizedTest
    @CsvSource({
        "OAUTH2_PROXY_EMAIL_DOMAIN, did you mean OAUTH2_PROXY_EMAIL_DOMAINS?",
        "OAUTH2_PROXY_COOKIE_SECRETT, did you mean OAUTH2_PROXY_COOKIE_SECRET?",
        "OAUTH2_PROXY_cookie_secret, did you mean OAUTH2_PROXY_COOKIE_SECRET?",
        "oauth2_proxy_cookie_secret, did you mean OAUTH2_PROXY_COOKIE_SECRET?",
        "OAUTH2_PROXY_ISSUER_URL, did you mean OAUTH2_PROXY_OIDC_ISSUER_URL?"
    })
    void CFG_04_refusesAMisspeltName(String name, String cure) {
        assertThat(Samples.mistakes(environment(Map.of(name, "hunter2"))))
                .containsExactly(name + ": is not a setting of Postern; " + cure);
    }

    @Test
    void CFG_04_warnsOnceOfANameItCannotPlace() {
        var settings = SettingsReader.read(List.of(), environment(Map.of("OAUTH2_PROXY_FOO", "hunter2")));
        assertThat(settings.notices().stream().filter(Notice::weak))
                .containsExactly(new Notice(true, "OAUTH2_PROXY_FOO is not a setting of Postern; ignored."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OAUTH2_PROXY_SERVICE_HOST",
                "OAUTH2_PROXY_SERVICE_PORT_HTTP",
                "OAUTH2_PROXY_PORT",
                "OAUTH2_PROXY_PORT_4180_TCP_ADDR",
                "OAUTH2_PROXY_REDIS_MASTER_SERVICE_HOST"
            })
    void leavesTheServiceLinksOfKubernetesAlone(String name) {
        var settings = SettingsReader.read(List.of(), environment(Map.of(name, "10.0.0.1")));
        assertThat(settings.notices())
                .noneMatch(Notice::weak)
                .anyMatch(notice -> notice.text().startsWith(name));
    }

    @Test
    void refusesWhatOnlyAFlagMaySet() {
        assertThat(Samples.mistakes(environment(Map.of("OAUTH2_PROXY_CONFIG_TEST", "true"))))
                .containsExactly(
                        "OAUTH2_PROXY_CONFIG_TEST: is no environment variable of Postern; give the flag --config-test");
    }

    @Test
    void countsAnEmptyValueAsNotSet() {
        var settings = SettingsReader.read(
                List.of(), environment(Map.of("OAUTH2_PROXY_COOKIE_NAME", "", "OAUTH2_PROXY_GITHUB_ORG", " ")));
        assertThat(settings.cookies().name()).isEqualTo("_oauth2_proxy");
    }

    @Test
    void splitsListsOnCommasAndDropsBlanks() {
        var settings = SettingsReader.read(List.of(), environment(Map.of("OAUTH2_PROXY_ALLOWED_GROUPS", " a ,,b, ")));
        assertThat(settings.admission().allowedGroups()).containsExactly("a", "b");
    }

    @Test
    void ignoresAllOtherVariables() {
        var settings = SettingsReader.read(List.of(), environment(Map.of("PATH", "/bin", "COOKIE_NAME", "x")));
        assertThat(settings.notices()).noneMatch(Notice::weak);
        assertThat(settings.cookies().name()).isEqualTo("_oauth2_proxy");
    }
}
