package io.github.postern.config;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * Who is answered in JSON, and never with a page or a sign-in.
 *
 * @param routes RE2 patterns, found anywhere in an address unless anchored ({@code api-route})
 * @param jsonErrors whether that is so for every check ({@code force-json-errors})
 */
public record ApiSettings(List<Pattern> routes, boolean jsonErrors) {
    public ApiSettings {
        routes = List.copyOf(routes);
    }
}
