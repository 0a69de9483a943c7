package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipFile;

/** A server's own folder below {@code target}: configuration, logs, and the WAR unpacked once for all servers. */
public final class CatalinaBase {
    private CatalinaBase() {}

    /** A new folder with the repository's configuration and the application. */
    public static Path create() {
        try {
            var parent = Files.createDirectories(Path.of("target", "tomcats").toAbsolutePath());
            var base = Files.createTempDirectory(parent, "base-");
            for (var folder : new String[] {"conf", "logs", "temp", "work"}) {
                Files.createDirectories(base.resolve(folder));
            }
            copy(Path.of("tomcat-conf").toAbsolutePath(), base.resolve("conf"));
            Files.createSymbolicLink(base.resolve("webapps"), webapps(parent));
            return base;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the WAR of this build. */
    static String version() {
        var war = Path.of(System.getProperty("war"));
        try {
            return Files.getLastModifiedTime(war).toMillis() + "-" + Files.size(war);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** The folder with {@code ROOT}, named by the WAR's time and size so that a new build is unpacked anew. */
    private static Path webapps(Path parent) throws IOException {
        var war = Path.of(System.getProperty("war"));
        var webapps = parent.resolve("webapps-" + version());
        if (Files.exists(webapps)) {
            return webapps;
        }
        var unpacking = Files.createTempDirectory(parent, "unpacking-");
        unpack(war, unpacking.resolve("ROOT"));
        try {
            Files.move(unpacking, webapps, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException | DirectoryNotEmptyException e) {
            return Files.exists(webapps) ? webapps : unpacking; // another test run was faster
        }
        return webapps;
    }

    private static void unpack(Path war, Path folder) throws IOException {
        try (var zip = new ZipFile(war.toFile())) {
            for (var entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                var file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                try (var content = zip.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
    }
}
