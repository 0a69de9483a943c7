package io.github.postern.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link FieldWriter} wrote. Throws {@link IndexOutOfBoundsException} where the bytes end too early. */
final class FieldReader {
    private static final int LONGEST_NUMBER = 63;
    private final byte[] bytes;
    private int at;

    FieldReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < LONGEST_NUMBER; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("number too long");
    }

    String text() {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    List<String> texts() {
        int count = length();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    /** No length or count can exceed the bytes that are left. */
    private int length() {
        long length = number();
        if (length > bytes.length - at) {
            throw new IndexOutOfBoundsException("length too large");
        }
        return (int) length;
    }
}
