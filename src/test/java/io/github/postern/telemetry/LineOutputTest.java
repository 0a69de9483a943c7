package io.github.postern.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a write that failed, it is known how much of it is in the file. */
final class LineOutputTest {
    @TempDir
    private Path folder;

    @Test
    void aDiskThatFillsUpTakesABeginningAndLaterTheRest() throws IOException {
        File file = folder.resolve("log").toFile();
        byte[] lines = "one\ntwo\nthree\n".getBytes(UTF_8);
        try (var disk = new Disk(file)) {
            var output = new LineOutput(disk);
            disk.room = 6;
            assertThat(output.write(lines, 0, lines.length)).isEqualTo(6);
            assertThatThrownBy(() -> output.write(lines, 6, lines.length - 6)).hasMessage("no space left");
            disk.room = 100;
            assertThat(output.write(lines, 6, lines.length - 6)).isEqualTo(lines.length - 6);
        }
        assertThat(Files.readAllBytes(file.toPath())).isEqualTo(lines);
    }

    @Test
    void anInterruptedThreadWritesAndClosesNothing() throws IOException {
        File file = folder.resolve("log").toFile();
        try (var disk = new FileOutputStream(file)) {
            var output = new LineOutput(disk);
            Thread.currentThread().interrupt();
            try {
                output.write(new byte[] {'a'}, 0, 1);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            output.write(new byte[] {'b'}, 0, 1);
        }
        assertThat(Files.readString(file.toPath())).isEqualTo("ab");
    }

    /** Has room for so many bytes. */
    private static final class Disk extends FileOutputStream {
        private int room;

        Disk(File file) throws IOException {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int taken = Math.min(room, length);
            super.write(bytes, from, taken);
            room -= taken;
            if (taken < length) {
                throw new IOException("no space left");
            }
        }
    }
}
