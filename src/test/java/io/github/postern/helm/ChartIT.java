package io.github.postern.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.postern.config.EndpointSettings;
import io.github.postern.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ChartIT {
    private static final Path DEFAULT = Chart.POSTERN.resolve("ci/default-values.yaml");
    private static final Path AKKO = Chart.POSTERN.resolve("ci/akko-values.yaml");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("valueSets")
    void isWithoutFaultToHelm(Path values) throws IOException {
        var result = Chart.postern().lint(values, folder.resolve("copy"));
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void hasOnlyFieldsThatKubernetesKnows(Path values) {
        assertThat(Chart.postern().render(values).objects())
                .isNotEmpty()
                .allSatisfy(object -> assertThat(Strict.unknownFields(object)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void startsPostern(Path values) throws IOException {
        assertThat(PodSettings.mistakes(Chart.postern().render(values), folder)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void selectsItsOwnPods(Path values) {
        var rendered = Chart.postern().render(values);
        JsonNode labels = rendered.pod().at("/metadata/labels");
        assertThat(Stream.of(
                                at(rendered, "Service", "/spec/selector"),
                                at(rendered, "Deployment", "/spec/selector/matchLabels"),
                                at(rendered, "PodDisruptionBudget", "/spec/selector/matchLabels"),
                                at(rendered, "NetworkPolicy", "/spec/podSelector/matchLabels"))
                        .flatMap(List::stream))
                .allSatisfy(selector -> assertSelects(selector, labels));
        at(rendered, "ServiceMonitor", "/spec/selector/matchLabels")
                .forEach(selector -> assertThat(at(rendered, "Service", "/metadata/labels"))
                        .filteredOn(offered -> offered.properties().containsAll(selector.properties()))
                        .singleElement()
                        .isEqualTo(rendered.one("Service/shop-postern-metrics").at("/metadata/labels")));
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void sendsChecksToItsService(Path values) {
        var rendered = Chart.postern().render(values);
        JsonNode service = rendered.service();
        String address = "http://" + service.at("/metadata/name").asText() + "." + Chart.NAMESPACE + ":"
                + service.at("/spec/ports/0/port").asText() + "/oauth2/auth";
        assertThat(rendered.all("Middleware"))
                .isNotEmpty()
                .allSatisfy(middleware -> assertThat(
                                middleware.at("/spec/forwardAuth/address").asText())
                        .isEqualTo(address));
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void probesTheRightPagesOnAPortThatIsThere(Path values) {
        JsonNode container = Chart.postern().render(values).container();
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/ping");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/ping");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/ready");
        assertThat(container.path("ports").findValuesAsText("name"))
                .contains(container.at("/readinessProbe/httpGet/port").asText());
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void agreesWithWhatPosternIsTold(Path values) throws IOException {
        assertAgreement(Chart.postern().render(values));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "moved.csv", delimiter = '|')
    void followsWhatIsMoved(String values) throws IOException {
        assertAgreement(Chart.postern().render(DEFAULT, file(values)));
    }

    /** Probes, ports and the time to end are those of the settings, as Postern itself reads them. */
    private void assertAgreement(Rendered rendered) throws IOException {
        Settings settings = PodSettings.read(rendered, folder.resolve("mounts"));
        JsonNode container = rendered.container();
        assertProbes(container, settings.endpoints());
        assertPorts(rendered, settings);
        assertThat(at(rendered, "Middleware", "/spec/forwardAuth/address"))
                .allMatch(address ->
                        address.asText().endsWith(settings.endpoints().prefix() + "/auth"));
        assertThat(rendered.pod().at("/spec/terminationGracePeriodSeconds").asLong())
                .isGreaterThanOrEqualTo(
                        settings.server().shutdownDelay().plusSeconds(12).toSeconds());
        var names = container.path("env").findValuesAsText("name").stream()
                .filter(name -> name.startsWith("OAUTH2_PROXY_"))
                .toList();
        assertThat(names)
                .as("server-side apply refuses a name that stands twice")
                .doesNotHaveDuplicates();
    }

    private static void assertProbes(JsonNode container, EndpointSettings endpoints) {
        for (var probe : List.of("startupProbe", "livenessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/path").asText()).isEqualTo(endpoints.pingPath());
            assertThat(container
                            .at("/" + probe + "/httpGet/httpHeaders/0/value")
                            .asText())
                    .isEqualTo(endpoints.pingUserAgent().orElse(""));
        }
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo(endpoints.readyPath());
    }

    private static void assertPorts(Rendered rendered, Settings settings) {
        Map<String, Integer> told = new HashMap<>();
        settings.server().address().ifPresent(address -> told.put("http", address.port()));
        settings.server().metrics().ifPresent(address -> told.put("metrics", address.port()));
        settings.cluster()
                .ifPresent(cluster -> told.put("cluster", cluster.own().port()));
        Map<String, Integer> open = new HashMap<>();
        rendered.container()
                .path("ports")
                .forEach(port -> open.put(
                        port.path("name").asText(), port.path("containerPort").asInt()));
        assertThat(open).isEqualTo(told);
        at(rendered, "NetworkPolicy", "/spec/ingress")
                .forEach(rules -> assertThat(rules.findValues("port").stream().map(JsonNode::asInt))
                        .isSubsetOf(told.values()));
        rendered.service()
                .at("/spec/ports")
                .forEach(port ->
                        assertThat(told).containsKey(port.path("targetPort").asText()));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "notes.csv", delimiter = '|')
    void saysWhatItCannotSee(String values, String sentence) throws IOException {
        assertThat(Chart.postern().notes(DEFAULT, file(values))).contains(sentence);
        assertThat(Chart.postern().notes(DEFAULT)).doesNotContain(sentence);
    }

    @Test
    void knowsARouteWhoseHostIsATemplate() {
        assertThat(Chart.postern().notes(Chart.POSTERN.resolve("ci/tpl-values.yaml")))
                .doesNotContain("none of this chart's routes");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void showsNoSecretOutsideOfSecrets(Path values) {
        var rendered = Chart.postern().render(values);
        List<String> secrets = rendered.all("Secret").stream()
                .flatMap(secret -> PodSettings.texts(secret).entrySet().stream())
                .filter(entry -> !entry.getKey().equals("client-id"))
                .map(Map.Entry::getValue)
                .flatMap(text -> Stream.of(text, Base64.getEncoder().encodeToString(text.getBytes(UTF_8))))
                .toList();
        assertThat(secrets.isEmpty()).isEqualTo(values.equals(AKKO) || values.endsWith("existing-secret-values.yaml"));
        rendered.objects().stream()
                .filter(object -> !object.path("kind").asText().equals("Secret"))
                .forEach(object -> assertThat(secrets).noneMatch(object.toString()::contains));
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void runsWithoutRights(Path values) throws IOException {
        var rendered = Chart.postern().render(values);
        JsonNode context = rendered.container().path("securityContext");
        assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        boolean asked = Chart.yaml(values)
                .at("/serviceAccount/automountServiceAccountToken")
                .asBoolean();
        assertThat(rendered.pod().at("/spec/automountServiceAccountToken").asBoolean())
                .isEqualTo(asked || !rendered.all("RoleBinding").isEmpty());
    }

    @Test
    void keepsItsNamesAsASubChartWithAnAlias() throws IOException {
        var rendered = Chart.parent(folder, "akko-oauth2-proxy", AKKO).render();
        assertThat(rendered.service().at("/metadata/name").asText()).isEqualTo("akko-oauth2-proxy");
        assertThat(rendered.service().at("/spec/ports/0/port").asInt()).isEqualTo(4180);
        assertThat(rendered.only("Middleware").at("/metadata/name").asText()).isEqualTo("oauth2-proxy-forward-auth");
        assertThat(rendered.objects())
                .allSatisfy(object -> assertThat(Strict.unknownFields(object)).isEmpty());
        assertThat(PodSettings.mistakes(rendered, folder.resolve("mounts"))).isEmpty();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "rollouts.csv", delimiter = '|')
    void rollsOutWhatThePodReads(String values, String checksum) throws IOException {
        assertThat(checksum(Chart.postern().render(DEFAULT, file(values)), checksum))
                .isNotEmpty()
                .isNotEqualTo(checksum(Chart.postern().render(DEFAULT), checksum));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "refused.csv", delimiter = '|')
    void refusesWhatItCannotDo(String values, String sentence) throws IOException {
        Path file = file(values);
        assertThatThrownBy(() -> Chart.postern().render(DEFAULT, file)).hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "honoured.csv", delimiter = '|')
    void rendersWhatIsAskedFor(String values, String kind, String pointer, String expected) throws IOException {
        var rendered = Chart.postern().render(DEFAULT, file(values));
        JsonNode node = rendered.one(kind).at(pointer);
        assertThat(node.isValueNode() ? node.asText() : node.toString()).isEqualTo(expected);
        assertThat(rendered.objects())
                .allSatisfy(object -> assertThat(Strict.unknownFields(object)).isEmpty());
    }

    /** A budget for the only pod would let no node be drained. */
    @Test
    void guardsNoPodThatIsTheOnlyOne() throws IOException {
        var one = Chart.postern().render(DEFAULT, file("autoscaling: { enabled: true, minReplicas: 1 }"));
        assertThat(one.all("PodDisruptionBudget")).isEmpty();
    }

    @Test
    void aMisspeltFieldIsFound() {
        var deployment = (ObjectNode) Chart.postern().render(DEFAULT).only("Deployment");
        ((ObjectNode) deployment.at("/spec/template/spec")).put("priorityClas", "high");
        var middleware = (ObjectNode) Chart.postern().render(DEFAULT).only("Middleware");
        ((ObjectNode) middleware.at("/spec/forwardAuth")).put("adress", "high").put("trustForwardHeader", "yes");
        assertThat(Strict.unknownFields(deployment)).hasSize(1);
        assertThat(Strict.unknownFields(middleware)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            middleware: { extraForwardAuth: { tls: { caSecrets: a } } }       | Middleware.spec.forwardAuth.tls.caSecrets is unknown
            middleware: { extraForwardAuth: { forwardBody: "yes" } }          | Middleware.spec.forwardAuth.forwardBody is no boolean
            ingressRoute: { enabled: true, tls: { certResolvers: a } }        | IngressRoute.spec.tls.certResolvers is unknown
            ingressRoute: { enabled: true, tls: { options: {} } }             | IngressRoute.spec.tls.options.name is missing
            ingressRoute: { enabled: true, middlewares: [{ namespace: a }] }  | IngressRoute.spec.routes[].middlewares[].name is missing
            ingressRoute: { enabled: true, middlewares: [a] }                 | IngressRoute.spec.routes[].middlewares[] is no object
            metrics: { enabled: true, serviceMonitor: { enabled: true, relabelings: [{ targetLabels: a }] } } | ServiceMonitor.spec.endpoints[].relabelings[].targetLabels is unknown
            """)
    void whatNoKindHasIsFound(String values, String fault) throws IOException {
        assertThat(Chart.postern().render(DEFAULT, file(values)).objects())
                .flatExtracting(Strict::unknownFields)
                .containsExactly(fault);
    }

    private static void assertSelects(JsonNode selector, JsonNode labels) {
        assertThat(selector.properties()).isNotEmpty().isSubsetOf(labels.properties());
    }

    private static List<JsonNode> at(Rendered rendered, String kind, String pointer) {
        return rendered.all(kind).stream().map(object -> object.at(pointer)).toList();
    }

    private static String checksum(Rendered rendered, String name) {
        return rendered.pod()
                .path("metadata")
                .path("annotations")
                .path("checksum/" + name)
                .asText();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("values.yaml"), yaml);
    }

    private static List<Path> valueSets() throws IOException {
        return Chart.valueSets();
    }
}
