package io.github.postern.session;

import io.github.postern.config.SealingSecret;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What follows from the cookie secrets, one for each; derived anew only when they have changed. */
final class DerivedKeys<K> {
    private final Supplier<List<SealingSecret>> secrets;
    private final Function<SealingSecret, K> derivation;
    private volatile Version<K> known;

    /** @param secrets asked each time, and the same list until they change */
    DerivedKeys(Supplier<List<SealingSecret>> secrets, Function<SealingSecret, K> derivation) {
        this.secrets = secrets;
        this.derivation = derivation;
        this.known = Version.of(secrets.get(), derivation);
    }

    private record Version<K>(List<SealingSecret> secrets, List<K> keys) {
        static <K> Version<K> of(List<SealingSecret> secrets, Function<SealingSecret, K> derivation) {
            return new Version<>(secrets, secrets.stream().map(derivation).toList());
        }
    }

    /** In the order of the secrets. Several threads may derive the same: cheaper than a lock on every other request. */
    List<K> all() {
        List<SealingSecret> now = secrets.get();
        Version<K> version = known;
        if (!version.secrets().equals(now)) { // the same list is known by its identity
            version = Version.of(now, derivation);
            known = version;
        }
        return version.keys();
    }
}
