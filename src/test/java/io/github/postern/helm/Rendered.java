package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Helm made of a chart: one text of many objects. */
record Rendered(String text) {
    List<JsonNode> objects() {
        return Arrays.stream(text.split("(?m)^---\\s*$"))
                .filter(part -> part.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(part -> Serialization.unmarshal(part, JsonNode.class))
                .toList();
    }

    List<JsonNode> all(String kind) {
        return objects().stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** The only one of its kind. */
    JsonNode only(String kind) {
        var found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind);
        }
        return found.get(0);
    }

    /** The only one of its kind, or, as {@code Kind/name}, the one of that name. */
    JsonNode one(String kind) {
        int slash = kind.indexOf('/');
        return slash < 0
                ? only(kind)
                : named(kind.substring(0, slash), kind.substring(slash + 1)).orElseThrow();
    }

    /** The Service that proxies call; the one for metrics is another. */
    JsonNode service() {
        return named("Service", only("Deployment").at("/metadata/name").asText())
                .orElseThrow();
    }

    Optional<JsonNode> named(String kind, String name) {
        return all(kind).stream()
                .filter(object -> name.equals(object.at("/metadata/name").asText()))
                .findFirst();
    }

    JsonNode pod() {
        return only("Deployment").at("/spec/template");
    }

    JsonNode container() {
        return pod().at("/spec/containers/0");
    }
}
