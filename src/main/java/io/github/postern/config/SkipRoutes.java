package io.github.postern.config;

import static io.github.postern.config.Option.SKIP_AUTH_REGEX;
import static io.github.postern.config.Option.SKIP_AUTH_ROUTE;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.postern.config.AdmissionSettings.SkipRoute;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the rules for requests that pass without a session. Each opens something, so none is guessed at. */
final class SkipRoutes {
    private static final java.util.regex.Pattern RULE = java.util.regex.Pattern.compile("(?!=)([A-Za-z-]*)(!?=)(.*)");

    private final Values values;
    private final Findings findings;

    SkipRoutes(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    List<SkipRoute> read() {
        return Stream.concat(
                        rules(SKIP_AUTH_ROUTE).flatMap(Optional::stream),
                        rules(SKIP_AUTH_REGEX).flatMap(Optional::stream))
                .toList();
    }

    private Stream<Optional<SkipRoute>> rules(Option option) {
        List<String> rules = values.list(option);
        return IntStream.range(0, rules.size())
                .mapToObj(index -> new Rule(option, index + 1, rules.get(index)).read(findings));
    }

    /**
     * One rule as written.
     *
     * @param number its place in the list, from 1
     */
    private record Rule(Option option, int number, String text) {
        Optional<SkipRoute> read(Findings findings) {
            var parts = RULE.matcher(text);
            if (option == SKIP_AUTH_REGEX || text.indexOf('=') < 0) {
                return route(Optional.empty(), false, text, findings);
            }
            if (!parts.matches()) {
                return mistake(findings, "has no method before its =; write METHOD=regex, and \\x3D for = in a path");
            }
            return route(
                    Optional.of(parts.group(1).toUpperCase(Locale.ROOT)).filter(method -> !method.isEmpty()),
                    parts.group(2).equals("!="),
                    parts.group(3),
                    findings);
        }

        private Optional<SkipRoute> route(Optional<String> method, boolean negated, String regex, Findings findings) {
            if (regex.isEmpty()) {
                return mistake(findings, "has no regular expression and would match every path; write one after the =");
            }
            if (regex.chars().filter(c -> c == '{').count()
                    != regex.chars().filter(c -> c == '}').count()) {
                return mistake(findings, "was cut at a comma; write the rules as an array in the TOML file");
            }
            try {
                var pattern = Pattern.compile(regex);
                tellWide(pattern, negated, findings);
                return Optional.of(new SkipRoute(method, negated, pattern));
            } catch (PatternSyntaxException e) {
                return mistake(
                        findings, "is no RE2 regular expression: " + Quoted.plain(e.getDescription()) + "; mend it");
            }
        }

        private void tellWide(Pattern pattern, boolean negated, Findings findings) {
            if (negated) {
                return;
            }
            // two paths that have nothing in common but the slash
            if (pattern.matcher("/").find()
                    && pattern.matcher("/8f14e45f/ceea167a").find()) {
                findings.weak(name() + " matches every path: all of it passes without a session; narrow it.");
            } else if (!Anchors.holds(pattern.pattern())) {
                findings.weak(
                        name() + " does not begin with ^: it also matches in the middle of other paths; anchor it.");
            }
        }

        private Optional<SkipRoute> mistake(Findings findings, String sentence) {
            findings.mistake(option, "rule " + number + " (" + Quoted.plain(text) + ") " + sentence);
            return Optional.empty();
        }

        private String name() {
            return option.flag() + " rule " + number + " (" + Quoted.plain(text) + ")";
        }
    }
}
