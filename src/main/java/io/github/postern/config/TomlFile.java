package io.github.postern.config;

import static io.github.postern.config.Option.ENVIRONMENT_PREFIX;
import static java.util.stream.Collectors.toMap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads the settings file: flat keys, weakly typed as in oauth2-proxy. */
final class TomlFile {
    private static final Map<String, Option> BY_KEY =
            Arrays.stream(Option.values()).filter(Option::isInFile).collect(toMap(Option::key, Function.identity()));

    private final TomlParseResult content;
    private final Findings findings;

    private TomlFile(TomlParseResult content, Findings findings) {
        this.content = content;
        this.findings = findings;
    }

    /** What the file sets, or empty if it could not be read at all, which is then told. */
    static Optional<Map<Option, Given>> read(String name, Findings findings) {
        return SmallFile.read(Option.CONFIG, name, findings)
                .flatMap(bytes -> text(bytes, findings))
                .flatMap(text -> parse(text, findings))
                .map(content -> new TomlFile(content, findings).values());
    }

    private static Optional<String> text(byte[] bytes, Findings findings) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            findings.mistake(Option.CONFIG, "the file is not UTF-8 text; save it as UTF-8");
            return Optional.empty();
        }
    }

    private static Optional<TomlParseResult> parse(String text, Findings findings) {
        TomlParseResult content = Toml.parse(text);
        Optional<TomlParseError> first = content.errors().stream()
                .min(Comparator.comparingInt(error -> error.position().line()));
        // the parser's own words quote the line, and the line may hold a secret
        first.ifPresent(error ->
                findings.mistake(Option.CONFIG, "line " + error.position().line() + ": " + cure(error)));
        return first.isPresent() ? Optional.empty() : Optional.of(content);
    }

    private static String cure(TomlParseError error) {
        return String.valueOf(error.getMessage()).contains("previously defined")
                ? "this key was set before; keep one of the two"
                : "not valid TOML; texts stand in quotes, lists in brackets, each setting on its own line";
    }

    private Map<Option, Given> values() {
        Map<Option, Given> given = new EnumMap<>(Option.class);
        content.keySet().forEach(key -> {
            // capitals make no difference there either
            Option option = BY_KEY.get(key.toLowerCase(Locale.ROOT));
            if (option == null) {
                unknown(key);
            } else {
                value(option, key).ifPresent(value -> given.put(option, value));
            }
        });
        return given;
    }

    private void unknown(String key) {
        String cure = NearestName.of(withoutPrefix(key), BY_KEY.keySet())
                .map(known -> "did you mean " + known + "?")
                .orElse("see docs/settings.md");
        findings.mistake(Quoted.plain(key) + where(key) + ": is not a setting of Postern; " + cure);
    }

    /** The name, for those who wrote a variable's name or a flag into the file. */
    private static String withoutPrefix(String key) {
        String plain = key.replaceFirst("^--", "");
        boolean prefixed = plain.regionMatches(true, 0, ENVIRONMENT_PREFIX, 0, ENVIRONMENT_PREFIX.length());
        return prefixed ? plain.substring(ENVIRONMENT_PREFIX.length()) : plain;
    }

    private Optional<Given> value(Option option, String key) {
        Object value = content.get(List.of(key));
        if (value instanceof TomlArray array && option.type() == ValueType.LIST && isFlat(array)) {
            return Optional.of(
                    Given.trimmed(array.toList().stream().map(String::valueOf).toList()));
        }
        if (value == null || value instanceof TomlArray || value instanceof TomlTable) {
            String wanted = option.type() == ValueType.LIST ? "a list of texts" : "one value";
            findings.mistake(key + where(key) + ": " + wanted + " is expected; see docs/settings.md");
            return Optional.empty();
        }
        return Optional.of(Given.of(option, value.toString()));
    }

    private static boolean isFlat(TomlArray array) {
        return array.toList().stream().noneMatch(item -> item instanceof TomlArray || item instanceof TomlTable);
    }

    private String where(String key) {
        return Optional.ofNullable(content.inputPositionOf(List.of(key)))
                .map(position -> " (line " + position.line() + ")")
                .orElse("");
    }
}
