package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of {@code docs/proxies} show nothing that does not stand in the files beside them, which the end-to-end tests use. */
final class ProxyPagesTest {
    private static final Path FOLDER = Path.of("docs", "proxies");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)[)#]");

    static List<Path> pages() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<Path> proxies() throws IOException {
        return pages().stream().filter(page -> !page.endsWith("README.md"));
    }

    @ParameterizedTest
    @MethodSource("proxies")
    void everySnippetStandsInAFileBesideThePage(Path page) throws IOException {
        var texts = files(page).stream().map(ProxyPagesTest::unindented).toList();
        var snippets = SNIPPET.matcher(Files.readString(page))
                .results()
                .filter(found -> !found.group(1).equals("sh"))
                .toList();
        assertThat(snippets).as("snippets of %s", page).isNotEmpty();
        for (var snippet : snippets) {
            assertThat(texts).as(snippet.group()).anyMatch(text -> text.contains(unindented(snippet.group(2))));
        }
    }

    @ParameterizedTest
    @MethodSource("proxies")
    void thePageLeadsToEachOfItsFiles(Path page) throws IOException {
        for (var file : sources(page)) {
            assertThat(Files.readString(page)).contains("](" + FOLDER.relativize(file) + ")");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        LINK.matcher(Files.readString(page))
                .results()
                .forEach(link -> assertThat(page.resolveSibling(link.group(1))).exists());
    }

    @Test
    void theOverviewNamesEachPage() throws IOException {
        var overview = Files.readString(FOLDER.resolve("README.md"));
        assertThat(proxies()).isNotEmpty().allMatch(page -> overview.contains("](" + page.getFileName() + ")"));
    }

    private static List<String> files(Path page) throws IOException {
        var texts = Stream.<String>builder();
        for (var file : sources(page)) {
            texts.add(Files.readString(file));
        }
        return texts.build().toList();
    }

    private static List<Path> sources(Path page) throws IOException {
        var name = page.getFileName().toString().replace(".md", "");
        try (var files = Files.list(FOLDER.resolve(name))) {
            return files.sorted().toList();
        }
    }

    /** The lines without their indentation: a page shows a part of a file from its own margin on. */
    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
    }
}
