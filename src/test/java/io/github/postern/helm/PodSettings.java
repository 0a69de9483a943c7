package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.postern.config.InvalidSettings;
import io.github.postern.config.Settings;
import io.github.postern.config.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of a rendered pod as Postern does when it starts: its variables, flags and mounted files. */
final class PodSettings {
    /** Stand in for what a Secret of the operator's own holds. */
    private static final Map<String, String> SAMPLES = Map.of(
            "client-id", "akko",
            "client-secret", "tulip-9-harbour",
            "cookie-secret", "OQINaROshtE9TcZkNAm-5Zs2Pv3xaWytBmc5W7sPX7w=");

    private final Rendered rendered;
    private final Path root;
    private final Map<String, String> mounts = new HashMap<>();

    private PodSettings(Rendered rendered, Path root) {
        this.rendered = rendered;
        this.root = root;
    }

    /** One line for each mistake. */
    static List<String> mistakes(Rendered rendered, Path root) throws IOException {
        try {
            read(rendered, root);
            return List.of();
        } catch (InvalidSettings e) {
            return e.mistakes();
        }
    }

    /** What is in force, wherever it was set. */
    static Settings read(Rendered rendered, Path root) throws IOException {
        var pod = new PodSettings(rendered, root);
        pod.mountAll();
        return SettingsReader.read(pod.flags(), pod.environment());
    }

    private List<String> flags() {
        List<String> flags = new ArrayList<>();
        rendered.container().path("args").forEach(flag -> flags.add(placed(flag.asText())));
        return flags;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        rendered.container()
                .path("env")
                .forEach(variable -> environment.put(variable.path("name").asText(), placed(value(variable))));
        return environment;
    }

    private String value(JsonNode variable) {
        JsonNode key = variable.at("/valueFrom/secretKeyRef");
        if (key.isMissingNode()) {
            return variable.path("value").asText();
        }
        String name = key.path("key").asText();
        return rendered.named("Secret", key.path("name").asText())
                .map(secret -> texts(secret).get(name))
                .orElse(SAMPLES.getOrDefault(name, "tulip-9-harbour"));
    }

    private void mountAll() throws IOException {
        for (JsonNode mount : rendered.container().path("volumeMounts")) {
            Path folder =
                    Files.createDirectories(root.resolve(mount.path("name").asText()));
            // one file of a volume, or the folder
            String file = mount.path("subPath").asText();
            mounts.put(mount.path("mountPath").asText() + (file.isEmpty() ? "/" : ""), folder + "/" + file);
            for (JsonNode volume : rendered.pod().at("/spec/volumes")) {
                if (volume.path("name").equals(mount.path("name"))) {
                    fill(folder, volume);
                }
            }
        }
    }

    private void fill(Path folder, JsonNode volume) throws IOException {
        Map<String, String> names = new HashMap<>();
        volume.findValues("items")
                .forEach(items -> items.forEach(item ->
                        names.put(item.path("key").asText(), item.path("path").asText())));
        for (var file : contents(volume).entrySet()) {
            Files.writeString(folder.resolve(names.getOrDefault(file.getKey(), file.getKey())), file.getValue());
        }
    }

    private Map<String, String> contents(JsonNode volume) {
        Map<String, String> files = new HashMap<>();
        object("ConfigMap", volume.at("/configMap/name"))
                .ifPresent(map -> map.path("data")
                        .properties()
                        .forEach(
                                file -> files.put(file.getKey(), file.getValue().asText())));
        object("Secret", volume.at("/secret/secretName")).ifPresent(secret -> files.putAll(texts(secret)));
        return files;
    }

    /** What a Secret keeps, by key, in whichever of the two ways it is written. */
    static Map<String, String> texts(JsonNode secret) {
        Map<String, String> texts = new HashMap<>();
        secret.path("data").properties().forEach(one -> texts.put(one.getKey(), decoded(one.getValue())));
        secret.path("stringData")
                .properties()
                .forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
        return texts;
    }

    private Optional<JsonNode> object(String kind, JsonNode name) {
        return rendered.named(kind, name.asText());
    }

    private String placed(String text) {
        String path = text.replaceFirst("^--[^=]*=", "");
        return mounts.entrySet().stream()
                .filter(mount -> path.startsWith(mount.getKey()))
                .findFirst()
                .map(mount -> text.replace(mount.getKey(), mount.getValue()))
                .orElse(text);
    }

    static String decoded(JsonNode base64) {
        return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
    }
}
