package io.github.postern.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.github.postern.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            { config: { emailDomains: ["*"] }, envFrom: [{ configMapRef: { name: more } }] }       | *
            extraEnv: [{ name: OAUTH2_PROXY_EMAIL_DOMAINS, value: akko.local }]                    | akko.local
            extraArgs: ["--email-domain", akko.local]                                              | akko.local
            """)
    void admitsNobodyBesidesAListUnlessAsked(String values, String domains) throws IOException {
        assertThat(String.join(",", settings(values).admission().emailDomains()))
                .isEqualTo(domains);
    }

    /** What only the cluster knows may be a list of people: everybody besides would make it worth nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "extraEnv: [{ name: OAUTH2_PROXY_AUTHENTICATED_EMAILS_FILE, valueFrom: { configMapKeyRef: { name: a, key: b } } }]",
                "extraEnv: [{ name: OAUTH2_PROXY_HTPASSWD_FILE, valueFrom: { secretKeyRef: { name: a, key: b } } }]",
                "extraEnv: [{ name: OAUTH2_PROXY_EMAIL_DOMAINS, valueFrom: { configMapKeyRef: { name: a, key: b, optional: true } } }]",
                "extraEnv: [{ name: OAUTH2_PROXY_EMAIL_DOMAINS, value: '{{ .Values.global.forgotten }}' }]",
                "extraEnv: [{ name: OAUTH2_PROXY_AUTHENTICATED_EMAILS_FILE, value: '' }]",
                "{ global: { end: HTPASSWD_FILE }, extraEnv: [{ name: 'OAUTH2_PROXY_{{ .Values.global.end }}', value: /x }] }",
                "extraArgs: { authenticated-emails-file: [/x] }",
                "image: { command: [postern, --authenticated-emails-file=/x] }",
                "{ config: { emailDomains: [] }, envFrom: [{ configMapRef: { name: a } }] }",
                "{ config: { emailDomains: [] }, htpasswdFile: { enabled: true, existingSecret: a } }",
            })
    void opensToEverybodyOnlyWhatItSeesAllOf(String values) throws IOException {
        assertThat(Chart.postern()
                        .render(DEFAULT, file(values))
                        .one("ConfigMap/shop-postern")
                        .at("/data")
                        .toString())
                .contains("keycloak-oidc")
                .doesNotContain("email_domains");
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

    @Test
    void theFirstExampleLeadsBackToARouteOfItsOwn() throws IOException {
        Path example = file(Examples.yaml(ChartReadme.PAGE).get(0));
        var rendered = Chart.postern().render(example);
        Settings settings = PodSettings.read(rendered, folder.resolve("mounts"));
        String home = settings.provider().redirectUrl().orElseThrow().getHost();
        assertThat(rendered.only("IngressRoute").at("/spec/routes/0/match").asText())
                .satisfiesAnyOf(
                        match -> assertThat(match).doesNotContain("Host("),
                        match -> assertThat(match).contains("Host(`" + home + "`)"));
        assertThat(settings.cookies().domains()).contains("akko.local");
        assertThat(Chart.postern().notes(example)).doesNotContain("redirectUrl");
    }

    @Test
    void theOtherExamplesAreTaken() throws IOException {
        var examples = Examples.yaml(ChartReadme.PAGE);
        assertThat(examples).hasSizeGreaterThan(2);
        for (String example : examples.subList(1, examples.size())) {
            assertThat(Chart.postern().render(DEFAULT, file(example)).objects()).isNotEmpty();
        }
    }

    /** Whoever reaches the port is believed what it says of a request. */
    @Test
    void noExampleAdmitsAWholeNamespace() throws IOException {
        var peers = Examples.yaml(ChartReadme.PAGE).stream()
                .map(example -> Serialization.unmarshal(example, JsonNode.class).path("networkPolicy"))
                .flatMap(policy -> Stream.of(policy.path("from"), policy.path("metricsFrom")))
                .flatMap(list -> list.valueStream())
                .toList();
        assertThat(peers)
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        peer -> assertThat(peer.at("/podSelector/matchLabels")).isNotEmpty());
    }

    @Test
    void saysWherePeopleComeBackWithoutARedirectUrl() {
        assertThat(Chart.postern().notes(DEFAULT)).contains("redirectUrl is not set");
    }

    /** The names by which routes ask, and the selector, which Kubernetes lets nobody change. */
    @Test
    void standsInForAReleaseOfTheOtherChart() throws IOException {
        Path official = Chart.POSTERN.resolve("ci/official-defaults-values.yaml");
        var rendered = Chart.postern()
                .render(official, file(Examples.yaml(ChartReadme.PAGE).get(2)));
        assertThat(rendered.service().at("/metadata/name").asText()).isEqualTo("shop-oauth2-proxy");
        assertThat(rendered.service().at("/spec/ports/0/port").asInt()).isEqualTo(80);
        assertThat(rendered.only("Secret").at("/metadata/name").asText()).isEqualTo("shop-oauth2-proxy");
        assertThat(rendered.only("Deployment").at("/spec/selector/matchLabels").toString())
                .isEqualTo("{\"app.kubernetes.io/name\":\"oauth2-proxy\",\"app.kubernetes.io/instance\":\"shop\"}");
    }

    /** What was enough for oauth2-proxy would end Postern again and again. */
    @Test
    void theSwitchLeavesNoneOfTheOldLimits() throws IOException {
        Path old = Files.writeString(
                folder.resolve("old.yaml"),
                "resources: { requests: { cpu: 10m, memory: 32Mi }, limits: { cpu: 100m, memory: 64Mi } }");
        var rendered = Chart.postern()
                .render(DEFAULT, old, file(Examples.yaml(ChartReadme.PAGE).get(2)));
        assertThat(rendered.container().path("resources").toString())
                .isEqualTo("{\"limits\":{\"memory\":\"384Mi\"},\"requests\":{\"cpu\":\"50m\",\"memory\":\"192Mi\"}}");
    }

    @Test
    void twoAliasesDoNotShareAMiddleware() throws IOException {
        assertThat(middleware("sso")).isEqualTo("sso-forward-auth");
        assertThat(middleware("akko-oauth2-proxy")).isEqualTo("oauth2-proxy-forward-auth");
    }

    /** What the pattern matches Traefik deletes of a client's headers, and copies from Postern's answer. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            extraAuthResponseHeaders: [X-WEBAUTH-USER] | X_WEBAUTH_USER | true
            extraAuthResponseHeaders: [X-WEBAUTH-USER] | X_webauth_user | true
            extraAuthResponseHeaders: [X-WEBAUTH-USER] | X-Webauth_user | true
            extraAuthResponseHeaders: [X-WEBAUTH-USER] | X.Webauth-User | true
            extraAuthResponseHeaders: [X-WEBAUTH-USER] | X_Auth_Request_User | true
            extraAuthResponseHeaders: [X-WEBAUTH-USER] | X-Webauth-User | false
            extraAuthResponseHeaders: [X-WEBAUTH-USER] | X_Webauth_User_Id | false
            extraAuthResponseHeaders: [X-WEBAUTH-USER] | A-X_Webauth_User | false
            extraAuthResponseHeaders: [X_Remote_User] | X-Remote-User | true
            extraAuthResponseHeaders: [X_Remote_User] | X_Remote-User | true
            extraAuthResponseHeaders: [X_Remote_User] | X_remote_user | false
            extraAuthResponseHeaders: [X.Remote-User] | X_Remote_User | true
            extraAuthResponseHeaders: [X.Remote-User] | X.Remote-User | false
            extraAuthResponseHeaders: [Authorization] | Authorization | false
            extraAuthResponseHeaders: [Authorization] | X_Other | false
            authResponseHeaders: [X-Forwarded-User] | X_Forwarded_User | true
            authResponseHeaders: [X-Forwarded-User] | X-Forwarded-User | false
            extraForwardAuth: { authResponseHeaders: [Remote-User] } | Remote_User | true
            { authResponseHeadersRegex: '^X_Mine$', extraAuthResponseHeaders: [Remote-User] } | X_Mine | true
            { authResponseHeadersRegex: '^X_Mine$', extraAuthResponseHeaders: [Remote-User] } | Remote_User | true
            {} | X-Webauth_User | false
            """)
    void deletesOtherSpellingsOfEachListedHeader(String middleware, String header, boolean deleted) throws IOException {
        String shown = middleware.startsWith("{") ? middleware : "{ " + middleware + " }";
        String pattern = Chart.postern()
                .render(DEFAULT, file("middleware: " + shown))
                .only("Middleware")
                .at("/spec/forwardAuth/authResponseHeadersRegex")
                .asText();
        assertThat(Pattern.compile(pattern).matcher(header).find()).isEqualTo(deleted);
    }

    private String middleware(String alias) throws IOException {
        return Chart.parent(folder.resolve(alias), alias, DEFAULT)
                .render()
                .only("Middleware")
                .at("/metadata/name")
                .asText();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("values.yaml"), yaml);
    }

    private Settings settings(String yaml) throws IOException {
        return PodSettings.read(Chart.postern().render(DEFAULT, file(yaml)), folder.resolve("mounts"));
    }
}
