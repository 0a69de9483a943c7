package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.SettingsReader;
import io.github.postern.testbed.Certificate;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code compose.yaml} runs the demo's parts with the demo's settings and the documented files. */
final class ComposeTest {
    private static final String SECRET = "OAUTH2_PROXY_COOKIE_SECRET";
    private static final String ANCHORS = "OAUTH2_PROXY_PROVIDER_CA_FILES";

    private final Map<String, Object> services = Yaml.map(Yaml.at(Yaml.read(Path.of("compose.yaml")), "services"));

    @Test
    void posternHasTheSettingsOfTheDemo() {
        var settings = environment();
        settings.remove(ANCHORS);
        var demo = new TreeMap<>(TestBed.environment(new Site("https", "akko.local", 443)));
        demo.replaceAll((name, value) -> value.replace(":443", ""));
        assertThat(settings.remove(SECRET)).startsWith("${COOKIE_SECRET:?");
        demo.remove(SECRET);
        assertThat(settings).isEqualTo(demo);
    }

    @Test
    void posternStartsWithThem() {
        var settings = environment();
        settings.put(SECRET, "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        settings.put(
                ANCHORS,
                Certificate.create("akko.local", Path.of("target", "compose-tls"))
                        .chain()
                        .toString());
        assertThat(SettingsReader.read(List.of(), settings)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "traefik,  ./docs/proxies/traefik/traefik.yaml, /etc/traefik/traefik.yml",
        "traefik,  ./docs/proxies/traefik/dynamic.yaml, /etc/traefik/dynamic.yaml",
        "keycloak, ./docs/compose/realm-akko.json,      /opt/keycloak/data/import/akko-realm.json"
    })
    void theFilesAreThoseOfTheDocumentation(String service, String file, String inside) {
        assertThat(Path.of(file)).isRegularFile();
        assertThat((List<?>) Yaml.at(services, service, "volumes")).anyMatch(file.concat(":" + inside + ":ro")::equals);
    }

    @Test
    void everyAddressOfTraefikIsAServiceAtItsPort() {
        var routes = Yaml.read(Path.of("docs", "proxies", "traefik", "dynamic.yaml"));
        Yaml.map(Yaml.at(routes, "http", "services")).forEach((name, service) -> {
            var port = Yaml.at(service, "loadBalancer", "servers", 0, "url")
                    .toString()
                    .replace("http://" + name + ":", "");
            assertThat(services).containsKey(name);
            if (!name.equals("postern")) {
                assertThat((List<?>) Yaml.at(services, name, "command"))
                        .anyMatch(word -> word.equals(port) || word.equals("--http-port=" + port));
            }
        });
    }

    @Test
    void posternIsLeftTheTimeThatItsEndTakes() throws IOException {
        var needed = Pattern.compile("docker stop -t (\\d+)").matcher(Files.readString(Path.of("docs", "run.md")));
        assertThat(needed.find()).isTrue();
        var period = "stop_grace_period: " + needed.group(1) + "s";
        assertThat(Yaml.at(services, "postern", "stop_grace_period")).isEqualTo(needed.group(1) + "s");
        for (var page : List.of("stores.md", "from-oauth2-proxy.md")) {
            assertThat(Files.readString(Path.of("docs", page))).contains("\n    " + period);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traefik", "postern", "portal", "mlflow", "jupyter"})
    void nothingCanBeWrittenAndNoPrivilegeIsKept(String service) {
        assertThat(Yaml.map(services.get(service)))
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"));
    }

    private TreeMap<String, String> environment() {
        var settings = new TreeMap<String, String>();
        Yaml.map(Yaml.at(services, "postern", "environment"))
                .forEach((name, value) -> settings.put(name, value.toString()));
        return settings;
    }
}
