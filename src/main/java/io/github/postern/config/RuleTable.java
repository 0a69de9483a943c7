package io.github.postern.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** A table of the rules file: hands out its values, and tells what is wrong with them, with line and rule. */
final class RuleTable {
    private final TomlTable table;
    private final int line;
    private final String label;
    private final Findings findings;

    /**
     * A table at a line.
     *
     * @param line where it begins
     * @param label what the mistakes call it, such as {@code rule 'mlflow'}
     */
    RuleTable(TomlTable table, int line, String label, Findings findings) {
        this.table = table;
        this.line = line;
        this.label = label;
        this.findings = findings;
    }

    boolean has(String key) {
        return table.contains(List.of(key));
    }

    Set<String> keys() {
        return table.keySet();
    }

    /** Tells every key that is none of these. */
    void allow(Set<String> known) {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                String cure = NearestName.of(key, known)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("known are "
                                + String.join(", ", known.stream().sorted().toList()));
                mistake(key, "is not known; " + cure);
            }
        }
    }

    Optional<String> text(String key) {
        Object value = table.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && isText(text)) {
            return Optional.of(text);
        }
        mistake(key, "a text in quotes is expected");
        return Optional.empty();
    }

    /** One text, or a list of them; a missing key is an empty list, an empty list is a mistake. */
    List<String> texts(String key) {
        Object value = table.get(List.of(key));
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        List<?> items = value instanceof TomlArray array ? array.toList() : List.of(value);
        for (Object item : items) {
            asText(item).ifPresent(texts::add);
        }
        if (items.isEmpty() || texts.size() != items.size()) {
            mistake(key, "a text, or a list of at least one, is expected");
        }
        return texts;
    }

    /** Numbers and switches too: claims hold them. */
    private static Optional<String> asText(Object item) {
        boolean scalar = item instanceof String || item instanceof Long || item instanceof Boolean;
        return Optional.of(item.toString()).filter(text -> scalar && isText(text));
    }

    private static boolean isText(String text) {
        return !text.isBlank()
                && text.equals(text.strip())
                && text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
    }

    /** Whether a switch is there; it can only be switched on, so that there is one way to say each thing. */
    boolean isOn(String key) {
        if (!has(key)) {
            return false;
        }
        if (!Boolean.TRUE.equals(table.get(List.of(key)))) {
            mistake(key, "can only be true; leave it out otherwise");
        }
        return true;
    }

    Optional<RuleTable> table(String key) {
        Object value = table.get(List.of(key));
        if (value instanceof TomlTable inner) {
            return Optional.of(new RuleTable(inner, lineOf(key), label + ", " + key, findings));
        }
        if (value != null) {
            mistake(key, "a table such as { … = … } is expected");
        }
        return Optional.empty();
    }

    /** Every key with its list. */
    Map<String, List<String>> lists() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        table.keySet().forEach(key -> lists.put(key, texts(key)));
        return lists;
    }

    void mistake(String key, String sentence) {
        findings.mistake("line " + lineOf(key) + ": " + label + ": " + Quoted.plain(key) + ": " + sentence);
    }

    void mistake(String sentence) {
        findings.mistake("line " + line + ": " + label + " " + sentence);
    }

    private int lineOf(String key) {
        return Optional.ofNullable(table.inputPositionOf(List.of(key)))
                .map(TomlPosition::line)
                .orElse(line);
    }
}
