package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Istio's resources say what Envoy's tested file says. */
final class EnvoyFormsTest {
    private static final Path FOLDER = Path.of("docs", "proxies", "envoy");
    private static final List<String> SENT_BY_ENVOY_ITSELF = List.of("authorization");

    private final List<Map<String, Object>> istio = Yaml.all(FOLDER.resolve("istio.yaml"));
    private final Object provider =
            Yaml.at(istio.get(0), "spec", "meshConfig", "extensionProviders", 0, "envoyExtAuthzHttp");
    private final Map<String, Object> manager = manager();

    @Test
    void theSameHeadersGoToPostern() {
        var listed = names("includeRequestHeadersInCheck");
        var patterns = patterns(Yaml.at(filter("ext_authz"), "allowed_headers"));
        assertThat(listed)
                .contains("user-agent", "x-request-id", "traceparent", "tracestate")
                .containsAll(SENT_BY_ENVOY_ITSELF)
                .allMatch(name -> SENT_BY_ENVOY_ITSELF.contains(name)
                        || patterns.stream().anyMatch(pattern -> covers(pattern, name)));
        assertThat(patterns).allMatch(pattern -> listed.stream().anyMatch(name -> covers(pattern, name)));
    }

    @Test
    void theSameHeadersGoToTheApp() {
        var response = Yaml.at(filter("ext_authz"), "http_service", "authorization_response");
        assertThat(names("headersToUpstreamOnAllow"))
                .isEqualTo(patterns(Yaml.at(response, "allowed_upstream_headers")))
                .noneMatch(name -> name.contains("*"));
        assertThat(names("headersToDownstreamOnAllow"))
                .isEqualTo(patterns(Yaml.at(response, "allowed_client_headers_on_success")));
        assertThat(names("headersToDownstreamOnDeny"))
                .isEqualTo(patterns(Yaml.at(response, "allowed_client_headers")).stream()
                        .map(name -> name.replace("*", ""))
                        .toList());
    }

    @Test
    void theSameClaimsAreRemoved() {
        var patches = Yaml.at(istio.get(2), "spec", "configPatches");
        var script = Yaml.at(patches, 1, "patch", "value", "typed_config", "default_source_code", "inline_string");
        assertThat(removals(mutations(filter("header_mutation"))))
                .isNotEmpty()
                .allSatisfy(removal -> assertThat(script.toString()).contains(inLua(Yaml.map(removal))));
        assertThat(Yaml.at(patches, 1, "patch", "operation")).isEqualTo("INSERT_FIRST");
        assertThat(Yaml.at(patches, 0, "patch", "value", "typed_config", "common_http_protocol_options"))
                .isEqualTo(manager.get("common_http_protocol_options"));
    }

    private List<String> names(String list) {
        return ((List<?>) Yaml.at(provider, list))
                .stream().map(Object::toString).toList();
    }

    /** The names of a list of matchers; one that begins like a name ends in a star. */
    private static List<String> patterns(Object matchers) {
        return ((List<?>) Yaml.at(matchers, "patterns"))
                .stream()
                        .map(Yaml::map)
                        .map(pattern -> pattern.containsKey("exact")
                                ? pattern.get("exact").toString()
                                : pattern.get("prefix") + "*")
                        .toList();
    }

    private static boolean covers(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static List<?> mutations(Object filter) {
        return (List<?>) Yaml.at(filter, "mutations", "request_mutations");
    }

    private static List<?> removals(List<?> mutations) {
        return mutations.stream()
                .filter(mutation -> !Yaml.map(mutation).containsKey("append"))
                .toList();
    }

    /** As the script names it: whole, or as a pattern that begins so. */
    private static String inLua(Map<String, Object> removal) {
        if (removal.containsKey("remove")) {
            return '"' + removal.get("remove").toString() + '"';
        }
        var regex = Yaml.at(removal, "remove_on_match", "key_matcher", "safe_regex", "regex")
                .toString();
        return "\"^" + regex.replace(".*", "") + '"';
    }

    private Object filter(String name) {
        return Stream.of((List<?>) Yaml.at(manager, "http_filters"))
                .flatMap(List::stream)
                .filter(filter -> Yaml.at(filter, "name").equals("envoy.filters.http." + name))
                .map(filter -> Yaml.at(filter, "typed_config"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> manager() {
        var listener = Yaml.at(Yaml.read(FOLDER.resolve("envoy.yaml")), "static_resources", "listeners", 0);
        return Yaml.map(Yaml.at(listener, "filter_chains", 0, "filters", 0, "typed_config"));
    }
}
