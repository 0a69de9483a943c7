package io.github.postern.gate;

import io.github.postern.config.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Patterns by what every path they match begins with. The beginnings are sorted, and each knows the longest other one that it
 * begins with itself: the nearest one at or before a path leads to all that the path begins with.
 */
final class PathIndex {
    private final String[] beginnings;
    private final int[] parents;
    private final Entry[][] entries;

    private PathIndex(SortedMap<String, List<Entry>> byBeginning) {
        int size = byBeginning.size();
        beginnings = byBeginning.keySet().toArray(new String[0]);
        entries = byBeginning.values().stream()
                .map(list -> list.toArray(new Entry[0]))
                .toArray(Entry[][]::new);
        parents = new int[size];
        for (int at = 0; at < size; at++) {
            parents[at] = at - 1;
            while (parents[at] >= 0 && !beginnings[at].startsWith(beginnings[parents[at]])) {
                parents[at] = parents[parents[at]];
            }
        }
    }

    /**
     * A pattern of a rule.
     *
     * @param rule its number
     */
    record Entry(int rule, PathPattern pattern) {}

    /** Takes the entries that may match. */
    interface Visitor {
        /** @return whether it wants the next one with the same beginning, which has a higher number */
        boolean visit(Entry entry);
    }

    /** Shows every entry whose beginning the path has. */
    void visit(String path, Visitor visitor) {
        int at = nearest(path);
        int common = at < 0 ? 0 : common(beginnings[at], path);
        for (; at >= 0; at = parents[at]) {
            if (beginnings[at].length() <= common) {
                visit(entries[at], visitor);
            }
        }
    }

    private static void visit(Entry[] entries, Visitor visitor) {
        for (Entry entry : entries) {
            if (!visitor.visit(entry)) {
                return;
            }
        }
    }

    /** The last beginning that does not come after the path. */
    private int nearest(String path) {
        int low = 0;
        int high = beginnings.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (beginnings[middle].compareTo(path) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private static int common(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int at = 0;
        while (at < length && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** Collects the patterns of rules, in the order of their numbers. */
    static final class Builder {
        private final SortedMap<String, List<Entry>> byBeginning = new TreeMap<>();

        void add(int rule, List<PathPattern> patterns) {
            for (PathPattern pattern : patterns.isEmpty() ? List.of(PathPattern.EVERY) : patterns) {
                byBeginning
                        .computeIfAbsent(pattern.literal(), any -> new ArrayList<>())
                        .add(new Entry(rule, pattern));
            }
        }

        PathIndex build() {
            return new PathIndex(byBeginning);
        }
    }
}
