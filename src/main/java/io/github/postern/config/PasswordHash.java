package io.github.postern.config;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a password file keeps of a password. Does not print.
 *
 * @param bcrypt whether it is bcrypt; SHA-1 otherwise
 * @param text {@code $2y$…} for bcrypt; the digest in base64 for SHA-1
 */
public record PasswordHash(boolean bcrypt, String text) {
    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]\\$(?<cost>\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final String SHA = "{SHA}";
    private static final int SHA_BYTES = 20;
    private static final int LOWEST_COST = 4;

    /** One more doubles the time; at 16 one attempt takes seconds, and a few of them are the whole machine. */
    private static final int HIGHEST_COST = 16;

    /** The hash as a password file writes it; empty when it is none of the two, or too costly to ever compute. */
    static Optional<PasswordHash> of(String text) {
        var bcrypt = BCRYPT.matcher(text);
        if (bcrypt.matches()) {
            int cost = Integer.parseInt(bcrypt.group("cost"));
            return cost >= LOWEST_COST && cost <= HIGHEST_COST
                    ? Optional.of(new PasswordHash(true, text))
                    : Optional.empty();
        }
        return text.startsWith(SHA) && isDigest(text.substring(SHA.length()))
                ? Optional.of(new PasswordHash(false, text.substring(SHA.length())))
                : Optional.empty();
    }

    private static boolean isDigest(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == SHA_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
