package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the table of the chart's values from the comments {@code # --} in values.yaml. */
final class ChartReadme {
    static final Path PAGE = Chart.POSTERN.resolve("README.md");
    private static final Path VALUES = Chart.POSTERN.resolve("values.yaml");
    private static final Pattern MEANING = Pattern.compile("\\s*# -- (.*)");
    private static final Pattern KEY = Pattern.compile("( *)([\\w-]+):.*");
    private static final String START = "<!-- made by ChartReadmeTest: start -->\n";
    private static final String END = "<!-- made by ChartReadmeTest: end -->";

    private final JsonNode values;
    private final Deque<String> keys = new ArrayDeque<>();
    private final List<String> rows = new ArrayList<>();
    private final List<String> bare = new ArrayList<>();
    private String meaning = "";
    /** Depth of the last key that has a meaning; what stands below it belongs to its default. */
    private int described = Integer.MAX_VALUE;

    private ChartReadme() throws IOException {
        values = Chart.yaml(VALUES);
        Files.readAllLines(VALUES).forEach(this::line);
    }

    /** The page as it is, with the table as it should be. */
    static String text() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(0, page.indexOf(START) + START.length())
                + "| value | default | meaning |\n|---|---|---|\n"
                + String.join("", new ChartReadme().rows)
                + page.substring(page.indexOf(END));
    }

    /** Values without a meaning. */
    static List<String> bare() throws IOException {
        return new ChartReadme().bare;
    }

    private void line(String line) {
        Matcher comment = MEANING.matcher(line);
        Matcher key = KEY.matcher(line);
        if (comment.matches()) {
            meaning = comment.group(1);
        } else if (key.matches()) {
            value(key.group(1).length() / 2, key.group(2));
        }
    }

    private void value(int depth, String key) {
        while (keys.size() > depth) {
            keys.removeLast();
        }
        keys.addLast(key);
        if (depth <= described) {
            described = meaning.isEmpty() ? Integer.MAX_VALUE : depth;
            row();
        }
        meaning = "";
    }

    private void row() {
        String name = String.join(".", keys);
        JsonNode usual = values.at("/" + String.join("/", keys));
        if (!meaning.isEmpty()) {
            rows.add("| `%s` | `%s` | %s |%n".formatted(name, cell(usual.toString()), cell(meaning)));
        } else if (!usual.isObject() || usual.isEmpty()) {
            bare.add(name);
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
