package io.github.postern.config;

import static io.github.postern.config.Option.COOKIE_SECRET;
import static io.github.postern.config.Option.COOKIE_SECRET_FILE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns {@code cookie-secret} or the file that holds it into key bytes, by oauth2-proxy's rule. What is no secret as a whole may
 * be several, separated by commas or line ends: raw bytes that happen to hold one of these stay one secret.
 */
final class CookieSecret {
    private static final Set<Integer> LENGTHS = Set.of(16, 24, 32);
    private static final String CURE = "make one with: openssl rand -base64 32";
    private static final Pattern SEPARATOR = Pattern.compile("[,\\r\\n]");

    private final Option option;
    private final Findings findings;

    private CookieSecret(Option option, Findings findings) {
        this.option = option;
        this.findings = findings;
    }

    /** The secrets, of which the first seals; empty after telling why there is none. */
    static List<SealingSecret> read(Values values, Findings findings) {
        Optional<String> inline = values.textIfAny(COOKIE_SECRET);
        if (inline.isPresent() && values.textIfAny(COOKIE_SECRET_FILE).isPresent()) {
            findings.mistake(COOKIE_SECRET, "is given besides cookie-secret-file; keep one of the two");
            return List.of();
        }
        if (inline.isEmpty() && values.textIfAny(COOKIE_SECRET_FILE).isEmpty()) {
            findings.mistake(COOKIE_SECRET, "is missing; " + CURE);
            return List.of();
        }
        return inline.map(text -> inSettings(text, findings))
                .orElseGet(
                        () -> file(values, findings).map(SettingsFile::content).orElse(List.of()));
    }

    private static List<SealingSecret> inSettings(String text, Findings findings) {
        var own = new Findings();
        List<SealingSecret> secrets = new CookieSecret(COOKIE_SECRET, own).parse(text.getBytes(UTF_8));
        own.mistakes().forEach(mistake -> findings.mistake(COOKIE_SECRET, mistake));
        own.notices().forEach(findings::notice);
        return secrets;
    }

    /** The file with the secrets; empty where the settings name none or it cannot be used, which is then told. */
    static Optional<SettingsFile<List<SealingSecret>>> file(Values values, Findings findings) {
        return values.textIfAny(COOKIE_SECRET_FILE)
                .filter(name -> values.textIfAny(COOKIE_SECRET).isEmpty())
                .flatMap(name -> SettingsFile.read(
                        COOKIE_SECRET_FILE,
                        name,
                        (bytes, told) -> new CookieSecret(COOKIE_SECRET_FILE, told).parse(bytes),
                        findings));
    }

    private List<SealingSecret> parse(byte[] given) {
        // a byte for a char, so that a file of raw bytes survives
        String text = new String(given, ISO_8859_1).strip();
        Optional<byte[]> whole = key(text).or(() -> raw(given));
        if (whole.isPresent()) {
            return checked(text, whole.get(), "").stream().toList();
        }
        List<String> pieces = pieces(text);
        Set<SealingSecret> secrets = new LinkedHashSet<>();
        for (int i = 0; i < pieces.size(); i++) {
            String name = pieces.size() == 1 ? "" : "secret " + (i + 1) + " of " + pieces.size() + " ";
            piece(pieces.get(i), name).ifPresent(secret -> add(secret, name, secrets));
        }
        return List.copyOf(secrets);
    }

    /** At least one. */
    private static List<String> pieces(String text) {
        List<String> pieces = SEPARATOR
                .splitAsStream(text)
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
        return pieces.isEmpty() ? List.of(text) : pieces;
    }

    private Optional<SealingSecret> piece(String text, String name) {
        Optional<byte[]> key = key(text);
        if (key.isEmpty()) {
            findings.mistake(name + "has " + text.length() + " bytes, not 16, 24 or 32; " + CURE);
        }
        return key.flatMap(bytes -> checked(text, bytes, name));
    }

    private Optional<SealingSecret> checked(String text, byte[] key, String name) {
        if (WeakSecret.isWeak(text, key)) {
            findings.mistake(name + "is a placeholder that anybody can guess; " + CURE);
            return Optional.empty();
        }
        return Optional.of(SealingSecret.of(key));
    }

    private void add(SealingSecret secret, String name, Set<SealingSecret> secrets) {
        if (!secrets.add(secret)) {
            findings.note(option.flag() + ": " + name + "stands there twice; it counts once.");
        }
    }

    private static Optional<byte[]> key(String text) {
        return decoded(text).or(() -> raw(text.getBytes(ISO_8859_1)));
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
}
