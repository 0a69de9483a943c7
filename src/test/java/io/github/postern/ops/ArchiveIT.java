package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is inside the archive and the image. */
final class ArchiveIT {
    private static final Pattern LIBRARY = Pattern.compile("WEB-INF/lib/(.+?)-(\\d[^/]*)\\.jar");
    private static final Pattern BASE = Pattern.compile("(?m)^FROM tomcat:([\\d.]+)-");

    /** One jar. */
    private record Library(String name, Version version) {}

    @ParameterizedTest
    @CsvSource({"pac4j-core, 6.5.1", "nimbus-jose-jwt, 10.0.2"})
    @DisplayName("CFG-21 the archive holds no library with a known hole")
    void isNewEnough(String name, String oldest) throws IOException {
        assertThat(version(name))
                .hasValueSatisfying(version -> assertThat(version).isGreaterThanOrEqualTo(Version.parse(oldest)));
    }

    @Test
    @DisplayName("CFG-21 pac4j-jwt is absent or new enough")
    void hasNoOldPac4jJwt() throws IOException {
        assertThat(version("pac4j-jwt").filter(version -> version.compareTo(Version.parse("6.3.3")) < 0))
                .isEmpty();
    }

    @Test
    @DisplayName("CFG-21 no library is there twice")
    void hasEachLibraryOnce() throws IOException {
        var names = libraries().stream().map(Library::name).toList();
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("CFG-21 the image's Tomcat is new enough and serves nothing else")
    void imageHasNothingElse() throws IOException {
        var dockerfile = Files.readString(Path.of("Dockerfile"));
        Matcher base = BASE.matcher(dockerfile);
        assertThat(base.find()).isTrue();
        assertThat(Version.parse(base.group(1))).isGreaterThanOrEqualTo(Version.parse("11.0.25"));
        assertThat(dockerfile).contains("rm -rf webapps.dist conf");
        assertThat(dockerfile.lines().filter(line -> line.contains("webapps/") && !line.contains("webapps/ROOT")))
                .isEmpty();
    }

    private static Optional<Version> version(String name) throws IOException {
        return libraries().stream()
                .filter(library -> library.name().equals(name))
                .map(Library::version)
                .findFirst();
    }

    private static List<Library> libraries() throws IOException {
        try (var war = new ZipFile(System.getProperty("war"))) {
            return war.stream()
                    .map(entry -> LIBRARY.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .map(match -> new Library(match.group(1), Version.parse(match.group(2))))
                    .collect(Collectors.toList());
        }
    }
}
