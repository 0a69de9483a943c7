package io.github.postern.config;

import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Reads options whose values are a few words. */
final class Choice {
    private Choice() {}

    /**
     * What the word stands for; where it is none of them, that is told and the default counts.
     *
     * @param words what each stands for, the option's default among them
     */
    static <T> T read(Option option, Map<String, T> words, Values values, Findings findings) {
        String word = values.text(option);
        T chosen = words.get(word);
        if (chosen == null) {
            String known = String.join(", ", new TreeSet<>(words.keySet()));
            findings.mistake(option, Quoted.of(word) + " is not known; choose one of " + known);
            return Objects.requireNonNull(words.get(option.defaultValue()));
        }
        return chosen;
    }
}
