package io.github.postern.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** The text of a small file. */
final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /** The text without a byte order mark; empty after telling that it is not UTF-8. */
    static Optional<String> decode(byte[] bytes, Findings findings) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            findings.mistake("the file is not UTF-8; save it as UTF-8");
            return Optional.empty();
        }
    }
}
