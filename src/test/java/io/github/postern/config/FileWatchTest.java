package io.github.postern.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    @Test
    void followsWhatIsWritten() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("word"), "one");
        try (var watch = new FileWatch(SOON)) {
            Supplier<String> word = watch.follow(read(file));
            assertThat(word.get()).isEqualTo("one");
            Files.writeString(file, "three");
            assertBecomes(word, "three");
        }
    }

    @Test
    void keepsTheLastGoodOneUntilTheFileIsMended() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("word"), "one");
        try (var watch = new FileWatch(SOON)) {
            Supplier<String> word = watch.follow(read(file));
            Files.writeString(file, "broken");
            Thread.sleep(200);
            assertThat(word.get()).isEqualTo("one");
            Files.delete(file);
            Thread.sleep(200);
            assertThat(word.get()).isEqualTo("one");
            Files.writeString(file, "mended");
            assertBecomes(word, "mended");
        }
    }

    @Test
    void waitsUntilAFileIsWrittenToItsEnd() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("word"), "one");
        try (var watch = new FileWatch(Duration.ofMillis(100))) {
            Supplier<String> word = watch.follow(read(file));
            var growing = new StringBuilder("two");
            for (int part = 0; part < 15; part++) { // longer than several looks, never the same at two of them
                Files.writeString(file, growing.append('.'));
                Thread.sleep(20);
                assertThat(word.get()).isEqualTo("one");
            }
            assertBecomes(word, growing.toString());
        }
    }

    @Test
    void followsALinkThatIsTurned() throws IOException, InterruptedException {
        Path first = Files.writeString(folder.resolve("first"), "one");
        Path second = Files.writeString(folder.resolve("second"), "two");
        Files.setLastModifiedTime(second, Files.getLastModifiedTime(first));
        Path link = Files.createSymbolicLink(folder.resolve("link"), first);
        try (var watch = new FileWatch(SOON)) {
            Supplier<String> word = watch.follow(read(link));
            Files.delete(link);
            Files.createSymbolicLink(link, second);
            assertBecomes(word, "two");
        }
    }

    @Test
    void followsAFileOfTheSameTimeAndSizeThatReplacesTheFirst() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("word"), "one");
        Path next = Files.writeString(folder.resolve("next"), "two");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        try (var watch = new FileWatch(SOON)) {
            Supplier<String> word = watch.follow(read(file));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            assertBecomes(word, "two");
        }
    }

    /** What could not be read may be readable now. */
    @Test
    void readsAgainWhenPermissionsChange() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("word"), "one");
        var told = new CopyOnWriteArrayList<String>();
        try (var watch = new FileWatch(SOON)) {
            watch.follow(read(file), told::add);
            Thread.sleep(100);
            assertThat(told).isEmpty();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertBecomes(() -> String.join(" ", told), "one");
        }
    }

    @Test
    void missesNothingThatWasWrittenBeforeItWatched() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("word"), "one");
        var first = read(file);
        Files.writeString(file, "three");
        try (var watch = new FileWatch(SOON)) {
            assertBecomes(watch.follow(first), "three");
        }
    }

    /** A mounted secret: the file is a link into a folder that is itself a link, and only that one is turned. */
    @Test
    void followsAMountedSecret() throws IOException, InterruptedException {
        Path first = Files.createDirectory(folder.resolve("..2026_11_27"));
        Path second = Files.createDirectory(folder.resolve("..2026_11_28"));
        Files.writeString(first.resolve("word"), "one");
        Files.writeString(second.resolve("word"), "two");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Path file = Files.createSymbolicLink(folder.resolve("word"), Path.of("..data", "word"));
        try (var watch = new FileWatch(SOON)) {
            Supplier<String> word = watch.follow(read(file));
            Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(first.resolve("word"));
            assertBecomes(word, "two");
        }
    }

    @Test
    void handsOverWhatIsNewAndGood() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("word"), "one");
        var told = new CopyOnWriteArrayList<String>();
        try (var watch = new FileWatch(SOON)) {
            Supplier<String> word = watch.follow(read(file), told::add);
            Files.writeString(file, "broken");
            Thread.sleep(200);
            assertThat(told).isEmpty();
            Files.writeString(file, "mended");
            assertBecomes(word, "mended");
            Thread.sleep(100);
            assertThat(told).containsExactly("mended");
        }
    }

    @Test
    void tellsAtStartWhatIsWrong() throws IOException {
        var findings = new Findings();
        var file = Files.writeString(folder.resolve("word"), "broken");
        assertThat(SettingsFile.read(Option.CONFIG, file.toString(), FileWatchTest::parse, findings))
                .isEmpty();
        assertThat(findings.mistakes()).containsExactly("config: line 1: is broken; mend it");
    }

    private static SettingsFile<String> read(Path file) {
        return SettingsFile.read(Option.CONFIG, file.toString(), FileWatchTest::parse, new Findings())
                .orElseThrow();
    }

    private static String parse(byte[] content, Findings findings) {
        String text = new String(content, UTF_8);
        if (text.equals("broken")) {
            findings.mistake("line 1: is broken; mend it");
        }
        return text;
    }

    private static void assertBecomes(Supplier<String> word, String expected) throws InterruptedException {
        for (int tries = 0; tries < 100 && !word.get().equals(expected); tries++) {
            Thread.sleep(20);
        }
        assertThat(word.get()).isEqualTo(expected);
    }
}
