package io.github.postern.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file that settings name, which is never large. */
final class SmallFile {
    static final int LARGEST = 1024 * 1024;

    private SmallFile() {}

    /** The content, or empty after telling what is wrong; {@code option} is the one that names the file. */
    static Optional<byte[]> read(Option option, String name, Findings findings) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length <= LARGEST) {
                return Optional.of(content);
            }
            findings.mistake(option, Quoted.of(name) + " is larger than 1 MB; name the right file");
        } catch (IOException | InvalidPathException e) {
            unreadable(option, name, findings);
        }
        return Optional.empty();
    }

    /** Whether the file can be read; if not, that is told. */
    static boolean isReadable(Option option, String name, Findings findings) {
        try {
            if (Files.isReadable(Path.of(name)) && !Files.isDirectory(Path.of(name))) {
                return true;
            }
        } catch (InvalidPathException e) {
            // told below, like a file that is not there
        }
        unreadable(option, name, findings);
        return false;
    }

    private static void unreadable(Option option, String name, Findings findings) {
        findings.mistake(option, "file " + Quoted.of(name) + " cannot be read; check its name and permissions");
    }
}
