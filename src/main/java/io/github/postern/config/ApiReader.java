package io.github.postern.config;

import static io.github.postern.config.Option.API_ROUTE;
import static io.github.postern.config.Option.FORCE_JSON_ERRORS;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Fills {@link ApiSettings}. */
final class ApiReader {
    private ApiReader() {}

    static ApiSettings read(Values values, Findings findings) {
        List<String> routes = values.list(API_ROUTE);
        List<Pattern> patterns = IntStream.range(0, routes.size())
                .mapToObj(index -> pattern(index + 1, routes.get(index), findings))
                .flatMap(Optional::stream)
                .toList();
        boolean jsonErrors = values.isOn(FORCE_JSON_ERRORS);
        if (jsonErrors && !patterns.isEmpty()) {
            findings.note("api-route has no effect: force-json-errors answers every check in JSON.");
        }
        return new ApiSettings(patterns, jsonErrors);
    }

    private static Optional<Pattern> pattern(int number, String regex, Findings findings) {
        try {
            return Optional.of(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            findings.mistake(
                    API_ROUTE,
                    "route " + number + " (" + Quoted.plain(regex) + ") is no RE2 regular expression: "
                            + Quoted.plain(e.getDescription())
                            + "; mend it, and where it holds a comma write the routes as an array in the TOML file");
            return Optional.empty();
        }
    }
}
