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
    private final Option option;
    private final String name;
    private final T content;
    private final List<Notice> notices;
    private final BiFunction<byte[], Findings, T> parser;

    private SettingsFile(
            Option option, String name, T content, List<Notice> notices, BiFunction<byte[], Findings, T> parser) {
        this.option = option;
        this.name = name;
        this.content = content;
        this.notices = notices;
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
        return SmallFile.read(option, name, findings).flatMap(bytes -> {
            var own = new Findings();
            T content = parser.apply(bytes, own);
            own.mistakes().forEach(mistake -> findings.mistake(option, mistake));
            own.notices().forEach(findings::notice);
            return own.mistakes().isEmpty()
                    ? Optional.of(new SettingsFile<>(option, name, content, own.notices(), parser))
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

    /** What tells one version of the file from the next; a mounted secret is a link whose target changes. */
    Version version() {
        try {
            Path real = Path.of(name).toRealPath();
            var now = Files.readAttributes(real, BasicFileAttributes.class);
            return new Version(real.toString(), String.valueOf(now.fileKey()), now.lastModifiedTime(), now.size());
        } catch (IOException e) {
            return new Version("", "", FileTime.fromMillis(0), 0);
        }
    }

    /**
     * A version of the file; the one that cannot be read has no path.
     *
     * @param key differs for a file that was put in the place of another, even of the same time and size, where the system has such keys
     */
    record Version(String path, String key, FileTime modified, long size) {}
}
