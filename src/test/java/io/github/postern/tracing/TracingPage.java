package io.github.postern.tracing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page {@code docs/tracing.md}. */
final class TracingPage {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+(?:\\.[a-z_]+)+)` \\|");

    private TracingPage() {}

    /** The names in its table of attributes. */
    static Set<String> attributes() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/tracing.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
    }
}
