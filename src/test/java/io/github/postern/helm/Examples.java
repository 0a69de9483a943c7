package io.github.postern.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The pieces of YAML that a page shows. */
final class Examples {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```yaml\\n(.*?)^ *```$");

    private Examples() {}

    /** Each as one would copy it, without the indentation of the list it stands in. */
    static List<String> yaml(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(2).replaceAll("(?m)^" + block.group(1), ""))
                .toList();
    }
}
