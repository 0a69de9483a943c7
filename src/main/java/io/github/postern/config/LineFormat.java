package io.github.postern.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A line of the log as the operator wants it, from a template such as <code>{{.Client}} - {{.Username}}</code>: the part of
 * Go's templates that people use, which is text and fields.
 *
 * @param texts what stands before, between and behind the fields: one more than there are fields
 * @param fields their names
 */
public record LineFormat(List<String> texts, List<String> fields) {
    private static final Pattern FIELD = Pattern.compile("\\.([A-Za-z]+)");
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    public LineFormat {
        texts = List.copyOf(texts);
        fields = List.copyOf(fields);
    }

    /** @param template text and fields that are known to be right */
    static LineFormat of(String template) {
        return new Reading(template).read().orElseThrow();
    }

    /**
     * Reads what the operator wrote; empty after telling what is wrong.
     *
     * @param known the fields there are
     */
    static Optional<LineFormat> read(Option option, String template, Set<String> known, Findings findings) {
        var reading = new Reading(template);
        Optional<LineFormat> format = reading.read();
        if (format.isEmpty()) {
            findings.mistake(
                    option,
                    Quoted.of(reading.wrong) + " is not understood: only text and fields such as {{.Message}} are");
        }
        return format.filter(found -> knowsAll(option, found.fields, known, findings));
    }

    private static boolean knowsAll(Option option, List<String> fields, Set<String> known, Findings findings) {
        List<String> unknown = fields.stream()
                .filter(field -> !known.contains(field))
                .distinct()
                .toList();
        unknown.forEach(field -> findings.mistake(
                option,
                Quoted.of(OPEN + "." + field + CLOSE) + " is no field of this line; there are "
                        + String.join(", ", new TreeSet<>(known))));
        return unknown.isEmpty();
    }

    /** One pass over a template. */
    private static final class Reading {
        private final String template;
        private final List<String> texts = new ArrayList<>();
        private final List<String> fields = new ArrayList<>();
        private String wrong = "";

        Reading(String template) {
            this.template = template;
        }

        /** Empty when something is not understood, which {@link #wrong} then holds. */
        Optional<LineFormat> read() {
            int from = 0;
            for (int open = template.indexOf(OPEN); open >= 0; open = template.indexOf(OPEN, from)) {
                texts.add(template.substring(from, open));
                int close = template.indexOf(CLOSE, open);
                from = close < 0 ? template.length() : close + CLOSE.length();
                if (!field(template.substring(open, from))) {
                    return Optional.empty();
                }
            }
            texts.add(template.substring(from));
            return Optional.of(new LineFormat(texts, fields));
        }

        private boolean field(String action) {
            boolean whole = action.endsWith(CLOSE) && action.length() > OPEN.length();
            var name = FIELD.matcher(
                    whole ? action.substring(2, action.length() - 2).strip() : "");
            if (name.matches()) {
                fields.add(name.group(1));
                return true;
            }
            wrong = action;
            return false;
        }
    }
}
