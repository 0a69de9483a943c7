package io.github.postern.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Turns {@code cookie-secret} or the file that holds it into key bytes, by oauth2-proxy's rule. */
final class CookieSecret {
    private static final Set<Integer> LENGTHS = Set.of(16, 24, 32);
    private static final String CURE = "make one with: openssl rand -base64 32";

    private CookieSecret() {}

    /** The key, or empty after telling why there is none. */
    static Optional<SealingSecret> read(Values values, Findings findings) {
        Optional<String> inline = values.textIfAny(Option.COOKIE_SECRET);
        Optional<String> file = values.textIfAny(Option.COOKIE_SECRET_FILE);
        if (inline.isPresent() && file.isPresent()) {
            findings.mistake(Option.COOKIE_SECRET, "is given besides cookie-secret-file; keep one of the two");
            return Optional.empty();
        }
        if (inline.isEmpty() && file.isEmpty()) {
            findings.mistake(Option.COOKIE_SECRET, "is missing; " + CURE);
            return Optional.empty();
        }
        Option option = inline.isPresent() ? Option.COOKIE_SECRET : Option.COOKIE_SECRET_FILE;
        return inline.map(text -> text.getBytes(UTF_8))
                .or(() -> file.flatMap(name -> SmallFile.read(Option.COOKIE_SECRET_FILE, name, findings)))
                .flatMap(bytes -> key(option, bytes, findings));
    }

    private static Optional<SealingSecret> key(Option option, byte[] given, Findings findings) {
        // a byte for a char, so that a file of raw bytes survives
        String text = new String(given, ISO_8859_1).strip();
        Optional<byte[]> key =
                decoded(text).or(() -> raw(text.getBytes(ISO_8859_1))).or(() -> raw(given));
        if (key.isEmpty()) {
            findings.mistake(
                    option, "has " + text.length() + " bytes, not 16, 24 or 32" + severalHint(text) + "; " + CURE);
            return Optional.empty();
        }
        if (WeakSecret.isWeak(text, key.get())) {
            findings.mistake(option, "is a placeholder that anybody can guess; " + CURE);
            return Optional.empty();
        }
        return key.map(SealingSecret::of);
    }

    /** Both alphabets of base64, padded or not, give the same bytes. */
    private static Optional<byte[]> decoded(String text) {
        String unpadded = text.replaceAll("=+$", "").replace('+', '-').replace('/', '_');
        try {
            return raw(Base64.getUrlDecoder().decode(unpadded));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> raw(byte[] bytes) {
        return Optional.of(bytes).filter(key -> LENGTHS.contains(key.length));
    }

    private static String severalHint(String text) {
        return text.contains(",") ? " (several secrets are not supported yet)" : "";
    }
}
