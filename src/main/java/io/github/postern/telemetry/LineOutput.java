package io.github.postern.telemetry;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** An output of which it is known, after a write that failed, how much it took. */
final class LineOutput {
    private final OutputStream out;
    private final Optional<FileChannel> file;

    /** @param out not buffered */
    LineOutput(OutputStream out) {
        this.out = out;
        this.file = out instanceof FileOutputStream stream ? file(stream.getChannel()) : Optional.empty();
    }

    private static Optional<FileChannel> file(FileChannel channel) {
        try {
            channel.position();
            return Optional.of(channel);
        } catch (IOException e) { // a pipe or a terminal has no position
            return Optional.empty();
        }
    }

    /**
     * Writes all of it, or as much as there is room for.
     *
     * @return how much was written, at least one byte
     * @throws IOException when nothing was
     */
    int write(byte[] bytes, int from, int length) throws IOException {
        long before = position();
        try {
            out.write(bytes, from, length);
            return length;
        } catch (IOException e) {
            long written = position() - before;
            if (written > 0 && written <= length) {
                return (int) written;
            }
            throw e;
        }
    }

    // of a pipe always 0: it takes nothing of a write that fails, or its reader is gone. An interrupted thread would
    // close the channel
    private long position() throws IOException {
        return file.isPresent() && !Thread.currentThread().isInterrupted()
                ? file.get().position()
                : 0;
    }
}
