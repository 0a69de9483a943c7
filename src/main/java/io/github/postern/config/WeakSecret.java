package io.github.postern.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises secrets that were copied from an example instead of being drawn at random. */
final class WeakSecret {
    private static final int FEWEST_DISTINCT_BYTES = 6;
    // a run of one letter, a short piece over and over, or a word no random text of this length holds by chance
    private static final Pattern EXAMPLE = Pattern.compile(
            ".*(.)\\1{7}.*|(.{1,8}?)\\2+.{0,7}=*|.*(change.?me|placeholder|replace.?me|example|password).*",
            Pattern.DOTALL);

    private WeakSecret() {}

    /**
     * @param text as the operator wrote it
     * @param key the bytes made of it
     */
    static boolean isWeak(String text, byte[] key) {
        long distinct = new String(key, ISO_8859_1).chars().distinct().count();
        return distinct < FEWEST_DISTINCT_BYTES
                || EXAMPLE.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }
}
