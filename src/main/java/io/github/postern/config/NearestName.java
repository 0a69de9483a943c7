package io.github.postern.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant by a misspelt one. */
final class NearestName {
    private NearestName() {}

    /** The closest of {@code known}, if one is so close that {@code name} can hardly mean anything else. */
    static Optional<String> of(String name, Collection<String> known) {
        String plain = plain(name);
        int limit = Math.min(2, plain.length() / 3);
        Optional<String> misspelt = known.stream()
                .filter(candidate -> distance(plain, plain(candidate)) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
        return misspelt.or(() -> longerForm(plain, known));
    }

    /** {@code issuer_url} or {@code oidc_issuer} for {@code oidc_issuer_url}, unless several names would do. */
    private static Optional<String> longerForm(String plain, Collection<String> known) {
        List<String> longer = known.stream()
                .filter(candidate -> plain(candidate).startsWith(plain + "_")
                        || plain(candidate).endsWith("_" + plain))
                .toList();
        return longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** How many letters must be added, dropped or changed to get from one to the other (Levenshtein). */
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            above = nextRow(above, from.charAt(row - 1), row, to);
        }
        return above[to.length()];
    }

    private static int[] nextRow(int[] above, char letter, int row, String to) {
        int[] next = new int[above.length];
        next[0] = row;
        for (int column = 1; column < next.length; column++) {
            int changed = above[column - 1] + (to.charAt(column - 1) == letter ? 0 : 1);
            next[column] = Math.min(changed, 1 + Math.min(above[column], next[column - 1]));
        }
        return next;
    }
}
