package io.github.postern.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes numbers (base 128, low bits first) and texts (UTF-8 behind their length) one after the other. */
final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** @param value not negative */
    void number(long value) {
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        out.writeBytes(utf8);
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
