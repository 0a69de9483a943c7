package io.github.postern.config;

import java.util.Arrays;
import java.util.List;

/**
 * A value as the operator gave it. It may be a secret and so does not print.
 *
 * @param items the pieces of a list; exactly one piece for every other type
 */
record Given(List<String> items) {
    Given {
        items = List.copyOf(items);
    }

    /** A value for {@code option} from one text; a list is split on commas. */
    static Given of(Option option, String text) {
        // an empty text is an empty list, but a lone comma is a list of blanks, which is a mistake later on
        if (option.type() == ValueType.LIST) {
            return trimmed(text.isBlank() ? List.of() : Arrays.asList(text.split(",", -1)));
        }
        return trimmed(List.of(text));
    }

    /** The blanks around a value come from files and shells and are never meant. */
    static Given trimmed(List<String> items) {
        return new Given(items.stream().map(String::strip).toList());
    }

    /** The value of an option that is no list. */
    String text() {
        return items.get(0);
    }

    @Override
    public String toString() {
        return "***";
    }
}
