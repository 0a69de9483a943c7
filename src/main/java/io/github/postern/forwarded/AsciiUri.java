package io.github.postern.forwarded;

import java.nio.charset.Charset;

/** Makes a raw path, query or fragment pure ASCII as RFC 3986 has it, changing only what was never allowed to stand there raw. */
public final class AsciiUri {
    private static final String HEX = "0123456789ABCDEF";
    // unreserved, sub-delims, and what pchar, query and fragment add: RFC 3986 2.2, 2.3, 3.3 to 3.5; as bits, for speed
    private static final String RAW =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?";
    private static final long RAW_BELOW_64 = bits(0);
    private static final long RAW_FROM_64 = bits(64);

    private AsciiUri() {}

    /**
     * The same text with everything outside RFC 3986 percent-encoded. Existing {@code %XX} stay as they are; {@code #} and a
     * {@code %} that encodes nothing are encoded.
     *
     * @param charset how the text became characters: ISO-8859-1 for header bytes, UTF-8 for a decoded parameter
     */
    public static String of(String text, Charset charset) {
        int index = 0;
        while (index < text.length() && stays(text, index)) {
            index++;
        }
        return index == text.length() ? text : encode(text, index, charset);
    }

    private static String encode(String text, int start, Charset charset) {
        var encoded = new StringBuilder(text.length() + 32).append(text, 0, start);
        for (int index = start, width; index < text.length(); index += width) {
            width = Character.charCount(text.codePointAt(index));
            if (stays(text, index)) {
                encoded.append(text.charAt(index));
                continue;
            }
            for (byte octet : text.substring(index, index + width).getBytes(charset)) {
                encoded.append('%').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean stays(String text, int index) {
        char character = text.charAt(index);
        return mayStandRaw(character) || (character == '%' && octet(text, index) >= 0);
    }

    private static boolean mayStandRaw(char character) {
        return character < 128 && (((character < 64 ? RAW_BELOW_64 : RAW_FROM_64) >>> (character & 63)) & 1) != 0;
    }

    private static long bits(int from) {
        return RAW.chars()
                .filter(character -> character >= from && character < from + 64)
                .mapToLong(character -> 1L << (character - from))
                .reduce(0, (some, more) -> some | more);
    }

    /** The octet that {@code %XX} at an index stands for, or -1 when it is none. */
    static int octet(String text, int index) {
        if (index + 2 >= text.length() || text.charAt(index) != '%') {
            return -1;
        }
        int high = Character.digit(text.charAt(index + 1), 16);
        int low = Character.digit(text.charAt(index + 2), 16);
        boolean ascii = text.charAt(index + 1) < 128 && text.charAt(index + 2) < 128;
        return ascii && high >= 0 && low >= 0 ? high << 4 | low : -1;
    }
}
