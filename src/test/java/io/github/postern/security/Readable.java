package io.github.postern.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** What somebody can read in a value without a key: itself, and each part of it taken for base64, base64url or hexadecimal. */
final class Readable {
    private Readable() {}

    static List<String> in(String value) {
        var texts = new ArrayList<String>();
        texts.add(value);
        for (var part : value.split("[|.:~]")) {
            texts.add(part);
            for (int offset = 0; offset < Math.min(8, part.length()); offset++) {
                decode(texts, part.substring(offset));
            }
        }
        return texts;
    }

    private static void decode(List<String> texts, String part) {
        var padded = part.replace('-', '+').replace('_', '/').replace("=", "");
        try {
            texts.add(latin1(Base64.getDecoder().decode(padded)));
        } catch (IllegalArgumentException e) {
            // not base64
        }
        try {
            texts.add(latin1(HexFormat.of().parseHex(part)));
        } catch (IllegalArgumentException e) {
            // not hexadecimal
        }
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
