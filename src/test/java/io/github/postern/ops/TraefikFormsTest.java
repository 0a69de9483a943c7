package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traefik's labels and Kubernetes resources say what its tested file says. */
final class TraefikFormsTest {
    private static final Path FOLDER = Path.of("docs", "proxies", "traefik");

    private final Map<String, Object> file = Yaml.read(FOLDER.resolve("dynamic.yaml"));

    @Test
    void theLabelsMakeTheSameMiddleware() {
        assertThat(below(labels("postern"), "traefik.http.middlewares.auth.forwardauth."))
                .isEqualTo(Yaml.flat(middleware()));
        assertThat(below(labels("postern"), "traefik.http.middlewares.unclaimed.headers.customRequestHeaders."))
                .isEqualTo(Yaml.flat(unclaimed()));
    }

    @Test
    void theLabelsMakeTheSameRouters() {
        for (var router : new String[] {"home", "postern", "tunnel"}) {
            assertThat(below(labels("postern"), "traefik.http.routers." + router + "."))
                    .isEqualTo(Yaml.flat(Yaml.map(Yaml.at(file, "http", "routers", router))));
        }
        assertThat(below(labels("mlflow"), "traefik.http.routers.mlflow."))
                .isEqualTo(Yaml.flat(Yaml.map(Yaml.at(file, "http", "routers", "mlflow"))));
    }

    @Test
    void nothingElseIsAmongTheLabels() {
        assertThat(labels("mlflow").keySet())
                .allMatch(name -> name.equals("traefik.enable")
                        || name.equals("traefik.http.services.mlflow.loadbalancer.server.port")
                        || name.startsWith("traefik.http.routers.mlflow."));
    }

    @Test
    void theResourceMakesTheSameMiddleware() {
        var resource = Yaml.all(FOLDER.resolve("crd.yaml")).get(0);
        var theirs = new TreeMap<>(Yaml.map(Yaml.at(resource, "spec", "forwardAuth")));
        theirs.put("address", theirs.get("address").toString().replace(".akko.svc.cluster.local", ""));
        assertThat(theirs).isEqualTo(new TreeMap<>(middleware()));
        var second = Yaml.all(FOLDER.resolve("crd.yaml")).get(1);
        assertThat(name(second)).isEqualTo("unclaimed");
        assertThat(Yaml.at(second, "spec", "headers", "customRequestHeaders")).isEqualTo(unclaimed());
    }

    @Test
    void theRoutesOfKubernetesAskAtTheSamePlaces() {
        var resources = Yaml.all(FOLDER.resolve("crd.yaml"));
        var own = Yaml.map(Yaml.at(resources.get(2), "spec", "routes", 0));
        assertThat(own).containsEntry("match", Yaml.at(file, "http", "routers", "postern", "rule"));
        assertThat(own).containsEntry("priority", 1000).doesNotContainKey("middlewares");
        var tunnel = Yaml.map(Yaml.at(resources.get(2), "spec", "routes", 2));
        assertThat(tunnel).containsEntry("match", Yaml.at(file, "http", "routers", "tunnel", "rule"));
        assertThat(tunnel).containsEntry("priority", 2000);
        assertThat(Yaml.at(tunnel, "services", 0, "name")).isEqualTo("noop@internal");
        var app = Yaml.map(Yaml.at(resources.get(3), "spec", "routes", 0));
        assertThat(app).containsEntry("match", Yaml.at(file, "http", "routers", "mlflow", "rule"));
        assertThat(Yaml.at(app, "middlewares"))
                .isEqualTo(List.of(Map.of("name", name(resources.get(1))), Map.of("name", name(resources.get(0)))));
        assertThat(Yaml.at(file, "http", "routers", "mlflow", "middlewares")).isEqualTo(List.of("unclaimed", "auth"));
    }

    @Test
    void theOthersNameTheMiddlewareAsTheyMust() {
        var middlewares = Yaml.all(FOLDER.resolve("crd.yaml"));
        var auth = middlewares.get(0);
        var unclaimed = middlewares.get(1);
        var ingress = Yaml.read(FOLDER.resolve("ingress.yaml"));
        assertThat(Yaml.map(Yaml.at(ingress, "metadata", "annotations")))
                .containsEntry(
                        "traefik.ingress.kubernetes.io/router.middlewares",
                        ofKubernetes(unclaimed) + "," + ofKubernetes(auth));
        var route = Yaml.read(FOLDER.resolve("gateway-api.yaml"));
        assertThat(Yaml.at(route, "metadata", "namespace")).isEqualTo(Yaml.at(auth, "metadata", "namespace"));
        assertThat(Yaml.map(Yaml.at(route, "spec", "rules", 0))).doesNotContainKey("filters");
        assertThat(Yaml.at(route, "spec", "rules", 1, "filters", 0, "extensionRef"))
                .isEqualTo(Map.of("group", "traefik.io", "kind", "Middleware", "name", name(unclaimed)));
        assertThat(Yaml.at(route, "spec", "rules", 1, "filters", 1, "extensionRef"))
                .isEqualTo(Map.of("group", "traefik.io", "kind", "Middleware", "name", name(auth)));
    }

    @ParameterizedTest
    @CsvSource({
        "X_Auth_Request_User, true",
        "X-Auth_Request-Groups, true",
        "X_Auth-Request-Email, true",
        "X-Auth-Request_Email, true",
        "X-Auth-Request-Preferred_Username, true",
        "x_auth_request_access_token, true",
        "X.Auth.Request.User, true",
        // what Traefik matches it also copies from Postern's answer, listed or not
        "X-Auth-Request-User, false",
        "X-Auth-Request-Preferred-Username, false",
        "X-Auth-Request-Access-Token, false",
        "X-Auth-Request-Jwt, false",
        "X-Forwarded-For, false",
        "Authorization, false",
    })
    void deletesTheSpellingsThatPosternNeverUses(String header, boolean deleted) {
        var regex = Pattern.compile((String) middleware().get("authResponseHeadersRegex"));
        assertThat(regex.matcher(header).find()).isEqualTo(deleted);
    }

    @ParameterizedTest
    @CsvSource({
        "X_WEBAUTH_USER, true",
        "X-Webauth_user, true",
        "X_webauth-User, true",
        "X_Auth_Request_User, true",
        "X-Webauth-User, false",
        "X_Webauth_User_Id, false",
    })
    void thePageSaysHowToDeleteThoseOfAnotherHeader(String header, boolean deleted) throws IOException {
        var added =
                Pattern.compile("append\\s+`(\\|[^`]+)`").matcher(Files.readString(Path.of("docs/proxies/traefik.md")));
        assertThat(added.find()).isTrue();
        var regex = Pattern.compile(middleware().get("authResponseHeadersRegex") + added.group(1));
        assertThat(regex.matcher(header).find()).isEqualTo(deleted);
    }

    @Test
    void theChartSaysTheSame() {
        var values = Yaml.read(Path.of("helm", "postern", "values.yaml"));
        for (var field : new String[] {"authResponseHeaders", "authResponseHeadersRegex", "trustForwardHeader"}) {
            assertThat(Yaml.at(values, "middleware", field))
                    .isEqualTo(middleware().get(field));
        }
    }

    @Test
    void theChartRefusesTheSameTunnels() throws IOException {
        assertThat(Files.readString(Path.of("helm", "postern", "templates", "routes.yaml")))
                .contains((String) Yaml.at(file, "http", "routers", "tunnel", "rule"));
    }

    private Map<String, Object> middleware() {
        return Yaml.map(Yaml.at(file, "http", "middlewares", "auth", "forwardAuth"));
    }

    private Map<String, Object> unclaimed() {
        return Yaml.map(Yaml.at(file, "http", "middlewares", "unclaimed", "headers", "customRequestHeaders"));
    }

    private static String ofKubernetes(Map<String, Object> middleware) {
        return Yaml.at(middleware, "metadata", "namespace") + "-" + name(middleware) + "@kubernetescrd";
    }

    private static Object name(Map<String, Object> resource) {
        return Yaml.at(resource, "metadata", "name");
    }

    private static Map<String, Object> labels(String service) {
        return Yaml.map(Yaml.at(Yaml.read(FOLDER.resolve("labels.yaml")), "services", service, "labels"));
    }

    private static Map<String, String> below(Map<String, Object> labels, String prefix) {
        var found = new TreeMap<String, String>();
        labels.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()).toLowerCase(Locale.ROOT), value.toString());
            }
        });
        return found;
    }
}
