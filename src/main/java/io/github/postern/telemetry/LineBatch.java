package io.github.postern.telemetry;

import java.util.Arrays;

/** Lines that are written together: bytes of whole lines, each with its end. */
final class LineBatch {
    /** A pipe takes this much as a whole (POSIX, {@code PIPE_BUF}): what others write to it never stands within a line of ours. */
    private static final int AT_ONCE = 4096;

    private static final byte END = '\n';

    private final int most;
    private byte[] bytes = new byte[2 * AT_ONCE];
    private int size;
    private int lines;

    /** @param most how many bytes it holds; a first line may be longer */
    LineBatch(int most) {
        this.most = most;
    }

    boolean hasRoomFor(byte[] line) {
        return size == 0 || size + line.length < most;
    }

    boolean isHalfFull() {
        return size > most / 2;
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

    /** Where one write ends that begins here: as many lines as a pipe takes as a whole, at least one. */
    int endOfWrite(int from) {
        int end = Math.min(from + AT_ONCE, size);
        while (end > from && bytes[end - 1] != END) {
            end--;
        }
        return end > from ? end : endOfLine(from);
    }

    private int endOfLine(int from) {
        int end = from + AT_ONCE;
        while (bytes[end - 1] != END) {
            end++;
        }
        return end;
    }

    /** How many lines end behind this place. */
    int linesFrom(int place) {
        int count = 0;
        for (int index = place; index < size; index++) {
            if (bytes[index] == END) {
                count++;
            }
        }
        return count;
    }

    void clear() {
        size = 0;
        lines = 0;
    }
}
