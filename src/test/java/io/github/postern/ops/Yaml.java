package io.github.postern.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML files of the documentation, as maps and as the flat names of their leaves; a name that stands twice is an error. */
final class Yaml {
    private Yaml() {}

    static Map<String, Object> read(Path file) {
        return all(file).get(0);
    }

    /** Each document of the file. */
    static List<Map<String, Object>> all(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var documents = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
        var found = new ArrayList<Map<String, Object>>();
        try (var in = Files.newBufferedReader(file)) {
            documents.loadAll(in).forEach(document -> found.add(map(document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** What stands below these names; a number is the place in a list. */
    static Object at(Object tree, Object... names) {
        var at = tree;
        for (var name : names) {
            at = name instanceof Integer place ? ((List<?>) at).get(place) : map(at).get(name);
            if (at == null) {
                throw new IllegalArgumentException("no " + name + " of " + List.of(names));
            }
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object tree) {
        return (Map<String, Object>) tree;
    }

    /** The values by their names in lower case, lists as Docker's labels write them. */
    static Map<String, String> flat(Map<String, Object> tree) {
        var flat = new TreeMap<String, String>();
        tree.forEach((name, value) -> flat.put(
                name.toLowerCase(Locale.ROOT),
                value instanceof List<?> list
                        ? String.join(",", list.stream().map(Object::toString).toList())
                        : value.toString()));
        return flat;
    }
}
