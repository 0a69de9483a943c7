package io.github.postern;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.ZipFile;

/** What {@code --version} prints: this build, and what it would run on. */
final class Versions {
    private static final String SERVER_INFO = "org/apache/catalina/util/ServerInfo.properties";

    private Versions() {}

    /**
     * {@code Postern 1.0 (commit 0123abc, Apache Tomcat/11.0.25, Java 25)}; without the commit where the build was not told it, and
     * without Tomcat where there is none.
     *
     * @param catalinaHome the folder of Tomcat, if one is known
     */
    static String line(Optional<String> catalinaHome) {
        List<String> build = build();
        var details = new ArrayList<String>();
        build.stream().skip(1).filter(commit -> !commit.isBlank()).forEach(commit -> details.add("commit " + commit));
        catalinaHome.flatMap(Versions::tomcat).ifPresent(details::add);
        details.add("Java " + Runtime.version());
        return "Postern " + build.get(0) + " (" + String.join(", ", details) + ")";
    }

    /** This build's, such as {@code 1.0}. */
    static String version() {
        return build().get(0);
    }

    /** The version, and the commit if it is known. */
    private static List<String> build() {
        try (InputStream in = Versions.class.getResourceAsStream("version.txt")) {
            return in == null
                    ? List.of("of unknown version")
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> tomcat(String home) {
        var properties = new Properties();
        try (var jar = new ZipFile(Path.of(home, "lib", "catalina.jar").toFile());
                InputStream in = jar.getInputStream(jar.getEntry(SERVER_INFO))) {
            properties.load(in);
        } catch (IOException | RuntimeException e) {
            // no Tomcat, or one that is not as we know it: then nothing is told of it
            return Optional.empty();
        }
        return Optional.ofNullable(properties.getProperty("server.info"));
    }
}
