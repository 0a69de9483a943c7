package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's classes in an archive that {@code bin/postern-train} makes, once for each build: a run of all tests starts some 170
 * servers, and each of them takes a quarter less processor time from it. Where the system property {@code archives} names no folder
 * there is none.
 */
final class ClassArchive {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private ClassArchive() {}

    /** Options of the JVM of a server; none where another run is just making the archive, or it cannot be made: later JVMs have others. */
    static List<String> options() {
        return Optional.ofNullable(System.getProperty("archives"))
                .filter(folder -> Runtime.version().feature() < 25)
                .flatMap(folder -> of(Path.of(folder).toAbsolutePath().resolve(CatalinaBase.version())))
                .map(archive -> List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off"))
                .orElse(List.of());
    }

    private static Optional<Path> of(Path folder) {
        Path archive = folder.resolve(Runtime.version().toString()).resolve("server.jsa");
        if (!Files.exists(archive)) {
            train(folder);
        }
        return Optional.of(archive).filter(Files::exists);
    }

    private static synchronized void train(Path folder) {
        try (var channel = FileChannel.open(
                Files.createDirectories(folder).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // never unlocked by hand: closing does it. What failed once would fail again
            if (Files.notExists(folder.resolve("tried")) && channel.tryLock() != null) {
                Files.createFile(folder.resolve("tried"));
                run(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path folder) {
        var base = CatalinaBase.create();
        var environment = Map.of(
                "CATALINA_HOME",
                Path.of(System.getProperty("tomcat.home")).toAbsolutePath().toString(),
                "CATALINA_BASE",
                base.toString(),
                "POSTERN_APPLICATION",
                base.resolve("webapps/ROOT").toString(),
                "JAVA_HOME",
                System.getProperty("java.home"));
        var script = Path.of("bin", "postern-train").toAbsolutePath().toString();
        try {
            Program.start("postern-train", folder, environment, List.of(script, folder.toString()))
                    .awaitEnd(PATIENCE);
        } catch (IllegalStateException
                | UncheckedIOException e) { // TrainingIT is about that; here it only takes longer
            System.out.println("testbed: no archive of classes, " + e.getMessage());
        }
    }
}
