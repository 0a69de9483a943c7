package io.github.postern.config;

import io.github.postern.config.Settings.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A file that a setting names, and what it holds. It can be read again while Postern runs; see {@link FileWatch}.
 *
 * @param <T> what the file's bytes mean
 */
public final class SettingsFile<T> {
    private static final FileTime NEVER = FileTime.fromMillis(0);
    private final Option option;
    private final String name;
    private final T content;
    private final List<Notice> notices;
    private final Version version;
    private final BiFunction<byte[], Findings, T> parser;

    private SettingsFile(Option option, String name, Read<T> read, BiFunction<byte[], Findings, T> parser) {
        this.option = option;
        this.name = name;
        this.content = read.content();
        this.notices = read.notices();
        this.version = read.version();
        this.parser = parser;
    }

    /**
     * Reads the file for the first time; empty after telling why it cannot be used.
     *
     * @param option the setting that names it
     * @param parser tells mistakes without the option's name; what it returns besides does not count
     */
    static <T> Optional<SettingsFile<T>> read(
            Option option, String name, BiFunction<byte[], Findings, T> parser, Findings findings) {
        Version version = version(name); // before the content: what is written in between makes another one
        return SmallFile.read(option, name, findings).flatMap(bytes -> {
            var own = new Findings();
            T content = parser.apply(bytes, own);
            own.mistakes().forEach(mistake -> findings.mistake(option, mistake));
            own.notices().forEach(findings::notice);
            return own.mistakes().isEmpty()
                    ? Optional.of(new SettingsFile<>(option, name, new Read<>(content, own.notices(), version), parser))
                    : Optional.empty();
        });
    }

    /** What the file held when it was read. */
    public T content() {
        return content;
    }

    /** What an operator should know of what it holds. */
    List<Notice> notices() {
        return notices;
    }

    /** The setting and the file's name, for the log. */
    String label() {
        return option.flag() + " " + Quoted.of(name);
    }

    /**
     * The same file as it is now.
     *
     * @throws InvalidSettings with every mistake, if it cannot be used
     */
    SettingsFile<T> again() {
        var findings = new Findings();
        Optional<SettingsFile<T>> now = read(option, name, parser, findings);
        findings.throwIfMistaken();
        return now.orElseThrow(() -> new InvalidSettings(List.of(label() + " cannot be read")));
    }

    /** The version that {@link #content} is of, or an older one. */
    Version version() {
        return version;
    }

    /** The version that is there now. */
    Version versionNow() {
        return version(name);
    }

    /** What tells one version of a file from the next; a mounted secret is a link whose target changes. */
    private static Version version(String name) {
        try {
            Path real = Path.of(name).toRealPath();
            var now = Files.readAttributes(real, BasicFileAttributes.class);
            return new Version(
                    real.toString(),
                    String.valueOf(now.fileKey()),
                    now.lastModifiedTime(),
                    permitted(real),
                    now.size());
        } catch (IOException e) {
            return new Version("", "", NEVER, NEVER, 0);
        }
    }

    /** When permissions or the owner changed last, or anything else: what could not be read may be readable now. */
    private static FileTime permitted(Path real) throws IOException {
        boolean known = real.getFileSystem().supportedFileAttributeViews().contains("unix");
        return known && Files.getAttribute(real, "unix:ctime") instanceof FileTime time ? time : NEVER;
    }

    /** What reading it once came to. */
    private record Read<T>(T content, List<Notice> notices, Version version) {}

    /**
     * A version of the file; the one that cannot be read has no path.
     *
     * @param permitted when its permissions changed last, where the system tells
     * @param key differs for a file that was put in the place of another, even of the same time and size, where the system has such keys
     */
    record Version(String path, String key, FileTime modified, FileTime permitted, long size) {}
}
