package io.github.postern.session;

import io.github.postern.config.SealingSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of keys in Redis that tell nothing of whom they are about: keyed hashes (HMAC-SHA256) under keys derived from the
 * cookie secrets. What is written has the first secret's name; what is looked for may have any.
 */
final class IndexNames {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private final String prefix;
    private final DerivedKeys<SecretKeySpec> keys;

    /**
     * @param secrets asked each time, and the same list until they change
     * @param context what distinguishes this gateway from others under the same secret
     */
    IndexNames(String prefix, Supplier<List<SealingSecret>> secrets, String context) {
        this.prefix = prefix;
        this.keys = new DerivedKeys<>(
                secrets,
                secret -> new SecretKeySpec(secret.derive("postern 1 index " + context, KEY_BYTES), ALGORITHM));
    }

    /** The key that is written. */
    String first(String kind, String value) {
        return name(keys.all().get(0), kind, value);
    }

    /** The keys that are looked for. */
    List<String> all(String kind, String value) {
        return keys.all().stream().map(key -> name(key, kind, value)).toList();
    }

    private String name(SecretKeySpec key, String kind, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal((kind + " " + value).getBytes(StandardCharsets.UTF_8));
            return prefix + ":" + kind + ":" + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 does not work on this Java", e);
        }
    }
}
