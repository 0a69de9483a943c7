package io.github.postern.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in force in a rendered pod, wherever the operator wrote it. */
final class ChartSettingsIT {
    private static final Path DEFAULT = Chart.POSTERN.resolve("ci/default-values.yaml");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                                     | *
            authenticatedEmailsFile: { enabled: true, restricted_access: a@akko.local }            | ``
            authenticatedEmailsFile: { enabled: true, persistence: secret, restricted_access: a@akko.local } | ``
            htpasswdFile: { enabled: true, entries: ["bob:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="] }   | ``
            { extraArgs: { htpasswd-file: /etc/postern/own/users }, extraVolumeMounts: [{ name: own, mountPath: /etc/postern/own }], extraVolumes: [{ name: own, configMap: { name: own } }], extraObjects: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: own }, data: { users: "bob:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=" } }] } | ``
            config: { emailDomains: [akko.local] }                                                 | akko.local
            { config: { emailDomains: [akko.local] }, authenticatedEmailsFile: { enabled: true, restricted_access: a@b.c } } | akko.local
            { config: { emailDomains: ["*"] }, htpasswdFile: { enabled: true, entries: ["bob:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="] } } | *
            """)
    void admitsNobodyBesidesAListUnlessAsked(String values, String domains) throws IOException {
        assertThat(String.join(",", settings(values).admission().emailDomains()))
                .isEqualTo(domains);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                                               | cookie
            config: { configFile: "provider = 'oidc'\\nemail_domains = '*'\\nsession_store_type = 'redis'\\nredis_connection_url = 'redis://r'" } | redis
            { config: { existingConfig: own }, extraObjects: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: own }, data: { oauth2_proxy.cfg: "provider = 'oidc'\\nemail_domains = '*'\\nsession_store_type = 'redis'\\nredis_connection_url = 'redis://r'" } }] } | redis
            extraArgs: { session-store-type: tomcat }                                                        | tomcat
            sessionStorage: { type: tomcat }                                                                 | tomcat
            sessionStorage: { type: redis, redis: { standalone: { connectionUrl: "redis://r" } } }           | redis
            """)
    void keepsSessionsWhereTheOperatorSays(String values, String store) throws IOException {
        assertThat(settings(values).store().type().name().toLowerCase(Locale.ROOT))
                .isEqualTo(store);
    }

    private Settings settings(String yaml) throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), yaml);
        return PodSettings.read(Chart.postern().render(DEFAULT, values), folder.resolve("mounts"));
    }
}
