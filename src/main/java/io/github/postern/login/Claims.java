package io.github.postern.login;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the provider says about a user, whatever types it uses. */
final class Claims {
    private final Map<String, Object> values;

    /** @param first these win over {@code second} */
    Claims(Map<String, Object> first, Map<String, Object> second) {
        Map<String, Object> merged = new LinkedHashMap<>(second);
        first.forEach((name, value) -> {
            if (value != null) {
                merged.put(name, value);
            }
        });
        this.values = merged;
    }

    /** Whether anything is said under this name. */
    boolean has(String claim) {
        return find(claim).isPresent();
    }

    /** Whether nothing is said under this name, or nothing but blanks. */
    boolean isBlank(String claim) {
        return find(claim).filter(value -> !String.valueOf(value).isBlank()).isEmpty();
    }

    /** The claim as text, trimmed; empty when absent or of another type. */
    String text(String claim) {
        return find(claim)
                .filter(String.class::isInstance)
                .map(value -> ((String) value).strip())
                .orElse("");
    }

    /** Whether the claim is there and says anything but yes, as a boolean or as text. */
    boolean denies(String claim) {
        return find(claim)
                .filter(value -> !"true".equalsIgnoreCase(String.valueOf(value)))
                .isPresent();
    }

    /** The claim's texts; a single text counts as one, anything else as none. */
    List<String> texts(String claim) {
        Object value = find(claim).orElse(List.of());
        if (value instanceof String single) {
            return single.isBlank() ? List.of() : List.of(single);
        }
        if (!(value instanceof Collection<?> several)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Object one : several) {
            if (one instanceof String text && !text.isBlank() && !texts.contains(text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The claim's values as texts, numbers and switches too; objects are none. */
    List<String> values(String claim) {
        Object value = find(claim).orElse(List.of());
        Collection<?> several = value instanceof Collection<?> list ? list : List.of(value);
        return several.stream()
                .filter(one -> one instanceof String || one instanceof Number || one instanceof Boolean)
                .map(one -> one.toString().strip())
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    /** A literal name first, then a dotted path, as oauth2-proxy looks claims up. */
    private Optional<Object> find(String claim) {
        Object literal = values.get(claim);
        return literal != null ? Optional.of(literal) : path(values, List.of(claim.split("\\.", -1)));
    }

    private static Optional<Object> path(Map<?, ?> from, List<String> names) {
        Object next = from.get(names.get(0));
        if (next == null || names.size() == 1) {
            return Optional.ofNullable(next);
        }
        return next instanceof Map<?, ?> inner ? path(inner, names.subList(1, names.size())) : Optional.empty();
    }
}
