package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A file that the documentation shows, as a user would take it over: put to use by other names, and by nothing else. */
record Documented(Path file, String text) {
    /** A file below {@code docs/}. */
    static Documented file(String name) {
        var file = Path.of("docs").resolve(name);
        try {
            return new Documented(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The text with each name replaced, all at once: what is put in is not looked at again.
     *
     * @throws IllegalStateException if one of the names does not occur: the table here and the file have drifted apart
     */
    String with(Map<String, String> names) {
        for (var name : names.keySet()) {
            if (!text.contains(name)) {
                throw new IllegalStateException(file + " has no " + name);
            }
        }
        if (names.isEmpty()) {
            return text;
        }
        var any = names.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(any)
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(names.get(found.group())));
    }
}
