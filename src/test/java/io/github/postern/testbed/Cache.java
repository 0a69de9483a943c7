package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Folders that cost much to make and never change once made; they outlive {@code mvn clean}. Lies in
 * {@code $POSTERN_CACHE}, else {@code $XDG_CACHE_HOME/postern}, else {@code ~/.cache/postern}.
 */
public final class Cache {
    /** Fills a new folder. */
    interface Maker {
        void fill(Path folder) throws IOException;
    }

    private static final String UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";
    private static final Duration DOWNLOAD_PATIENCE = Duration.ofMinutes(15);

    private final Path root;
    private final Consumer<String> teller;

    private Cache(Path root, Consumer<String> teller) {
        this.root = root;
        this.teller = teller;
    }

    /** The user's cache; {@code teller} hears of everything that takes long. */
    public static Cache ofUser(Consumer<String> teller) {
        var environment = System.getenv();
        var root = Optional.ofNullable(environment.get("POSTERN_CACHE"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                        .map(Path::of)
                        .map(cache -> cache.resolve("postern")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "postern"));
        return new Cache(root.toAbsolutePath(), teller);
    }

    /** A server's distribution from Maven's repository, unpacked. */
    public Path distribution(String artifact, String size) {
        return distribution(artifact, size, home -> {});
    }

    /** A distribution that is made ready for use before it appears in the cache. */
    Path distribution(String artifact, String size, Maker afterwards) {
        var parts = artifact.split(":");
        return only(folder(parts[1] + "-" + parts[2], making -> {
            teller.accept("Fetching " + parts[1] + " " + parts[2] + " through Maven (" + size + ", once)");
            unpack(artifact, making);
            afterwards.fill(only(making));
        }));
    }

    /** The folder of this name, made if it is not there yet. It appears at once and whole, or not at all. */
    Path folder(String name, Maker maker) {
        var folder = root.resolve(name);
        if (Files.exists(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(root);
            var making = Files.createTempDirectory(root, "making-");
            try {
                maker.fill(making);
                publish(making, folder);
            } catch (IOException | RuntimeException e) {
                delete(making);
                throw e;
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void publish(Path made, Path folder) throws IOException {
        try {
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(folder)) {
                throw e;
            }
            delete(made); // another run was faster
        }
    }

    void tell(String text) {
        teller.accept(text);
    }

    /** The one folder that an archive held. */
    private static Path only(Path folder) {
        try (var inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(String artifact, Path folder) throws IOException {
        var work = Files.createTempDirectory("postern-fetch-");
        try {
            var command = List.of(
                    "mvn",
                    "-B",
                    "-q",
                    UNPACK,
                    "-Dartifact=" + artifact,
                    "-DoutputDirectory=" + folder,
                    "-Dmdep.unpack.markersDirectory=" + work);
            Program.start("maven", work, Map.of(), command).awaitEnd(DOWNLOAD_PATIENCE);
        } finally {
            delete(work);
        }
    }

    /** Deletes a folder and what is in it. */
    static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
