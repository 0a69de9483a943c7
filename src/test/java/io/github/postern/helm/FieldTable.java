package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The fields of the kinds that no library of ours knows: one a line in fields.txt, with type, and ! where required. */
record FieldTable(Map<String, String> types) {
    static FieldTable read() {
        try (var in = FieldTable.class.getResourceAsStream("fields.txt")) {
            return new FieldTable(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" +"))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fields that are unknown, of the wrong type, or missing. */
    List<String> faults(JsonNode object) {
        String kind = object.path("kind").asText();
        List<String> faults = new ArrayList<>();
        if (!object.path("apiVersion").asText().equals(types.get(kind))) {
            faults.add(kind + " of " + object.path("apiVersion").asText());
        }
        var seen = new ArrayList<String>();
        walk(kind + ".spec", object.path("spec"), faults, seen);
        types.forEach((path, type) -> {
            if (path.startsWith(kind + ".") && type.endsWith("!") && !seen.contains(path)) {
                faults.add(path + " is missing");
            }
        });
        return faults;
    }

    private void walk(String path, JsonNode node, List<String> faults, List<String> seen) {
        String type = types.getOrDefault(path, "").replace("!", "");
        if (type.equals("any")) {
            seen.add(path);
        } else if (node.isObject()) {
            node.properties().forEach(field -> walk(path + "." + field.getKey(), field.getValue(), faults, seen));
        } else if (node.isArray()) {
            node.forEach(one -> walk(path + "[]", one, faults, seen));
        } else if (type.equals(node.getNodeType().name().toLowerCase(Locale.ROOT))) {
            seen.add(path);
        } else {
            faults.add(path + " is " + (type.isEmpty() ? "unknown" : "no " + type));
        }
    }
}
