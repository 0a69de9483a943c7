package io.github.postern.telemetry;

import java.util.Arrays;

/** Lines that are written together: bytes of whole lines, each with its end. */
final class LineBatch {
    /** A pipe takes this much as a whole (POSIX, {@code PIPE_BUF}): what others write to it never stands within a line of ours. */
    private static final int AT_ONCE = 4096;

    static final byte END = '\n';

    private final int most;
    private byte[] bytes = new byte[2 * AT_ONCE];
    private int size;
    private int lines;
    private int start;
    private long lostBefore;

    /** @param most how many bytes it holds; a first line may be longer */
    LineBatch(int most) {
        this.most = most;
    }

    boolean hasRoomFor(byte[] line) {
        return size == 0 || size + line.length < most;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    int lines() {
        return lines;
    }

    byte[] bytes() {
        return bytes;
    }

    /** @param line with or without its end */
    void add(byte[] line) {
        int end = size + line.length;
        if (end >= bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + 1, 2 * bytes.length));
        }
        System.arraycopy(line, 0, bytes, size, line.length);
        size = end;
        if (line.length == 0 || line[line.length - 1] != END) {
            bytes[size++] = END;
        }
        lines++;
    }

    /**
     * Empties it.
     *
     * @param lost how many lines are missing before its first
     */
    void begin(long lost) {
        size = 0;
        lines = 0;
        start = 0;
        lostBefore = lost;
    }

    long lostBefore() {
        return lostBefore;
    }

    /** Where the next write begins. */
    int start() {
        return start;
    }

    /**
     * Where the next write ends: as many lines as a pipe takes as a whole, or that much of one that is longer. Of more than that, an output
     * that does not wait may take a beginning and not say so.
     */
    int endOfWrite() {
        int limit = Math.min(start + AT_ONCE, size);
        int end = limit;
        while (end > start && bytes[end - 1] != END) {
            end--;
        }
        return end > start ? end : limit;
    }

    /** Whether what is written so far ends with a line. */
    boolean isBetweenLines() {
        return start == 0 || bytes[start - 1] == END;
    }

    /** @param count of bytes */
    void written(int count) {
        start += count;
    }

    boolean isWritten() {
        return start == size;
    }

    /** How many lines are not written, or not to their end. */
    int linesLeft() {
        int count = 0;
        for (int index = start; index < size; index++) {
            if (bytes[index] == END) {
                count++;
            }
        }
        return count;
    }
}
