package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
        walk(kind + ".spec", object.path("spec"), faults);
        return faults;
    }

    private void walk(String path, JsonNode node, List<String> faults) {
        String type = types.getOrDefault(path, "unknown").replace("!", "");
        if (type.equals("map") && node.isObject()) {
            node.forEach(value -> walk(path + "{}", value, faults));
        } else if (!Arrays.asList(type.split("\\|"))
                .contains(node.getNodeType().name().toLowerCase(Locale.ROOT))) {
            faults.add(path + " is " + (type.equals("unknown") ? type : "no " + type));
        } else if (node.isObject()) {
            node.properties().forEach(field -> walk(path + "." + field.getKey(), field.getValue(), faults));
            missing(path, node, faults);
        } else {
            node.forEach(entry -> walk(path + "[]", entry, faults));
        }
    }

    private void missing(String path, JsonNode object, List<String> faults) {
        types.entrySet().stream()
                .filter(row -> row.getValue().endsWith("!") && row.getKey().startsWith(path + "."))
                .map(row -> row.getKey().substring(path.length() + 1))
                .filter(name -> name.matches("\\w+") && !object.has(name))
                .forEach(name -> faults.add(path + "." + name + " is missing"));
    }
}
