package io.github.postern.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file with a secret as Kubernetes mounts one: a link through {@code ..data}, which is turned to another folder when the secret
 * changes.
 */
enum MountedSecret {
    COOKIE(Setup.COOKIE_SECRET),
    CLIENT(Setup.CLIENT_SECRET);

    private static final String NAME = "secret";
    private final Path mount;
    private int version;

    MountedSecret(String first) {
        try {
            mount = Files.createTempDirectory("postern-secret");
            turn(first);
            Files.createSymbolicLink(mount.resolve(NAME), Path.of("..data", NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String file() {
        return mount.resolve(NAME).toString();
    }

    void change(String content) {
        try {
            turn(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(String content) throws IOException {
        Path folder = Files.createDirectory(mount.resolve("..version_" + ++version));
        Files.writeString(folder.resolve(NAME), content);
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), folder.getFileName());
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
