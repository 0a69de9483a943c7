package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the pages do no harm to secrets. */
final class ShellExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(?:sh|bash|console)\\n(.*?)^ *```$");
    private static final Pattern SOURCED = Pattern.compile("(?m)(^|[;&(]) *(\\.|source) +\\S*env\\b");
    private static final Pattern KEPT = Pattern.compile("helm get values .*>");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> charts = Files.walk(Path.of("helm"))) {
            return Stream.concat(Stream.concat(docs, charts), Stream.of(Path.of("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** A shell runs what stands in backquotes, and takes a part of a secret for a variable. */
    @ParameterizedTest
    @MethodSource("pages")
    void noneReadsAnEnvironmentFileAsAProgram(Path page) throws IOException {
        assertThat(blocks(page)).noneMatch(block -> SOURCED.matcher(block).find());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noneKeepsTheValuesOfAReleaseForAllToRead(Path page) throws IOException {
        assertThat(blocks(page))
                .filteredOn(block -> KEPT.matcher(block).find())
                .allMatch(block -> block.contains("umask 077"));
    }

    private static List<String> blocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
