package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Fills {@link StoreSettings}. */
final class StoreReader {
    private final Values values;
    private final Findings findings;

    StoreReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    StoreSettings read() {
        StoreSettings.Type type = type();
        Optional<RedisSettings> redis = new RedisReader(values, findings).read(type == StoreSettings.Type.REDIS);
        if (type == StoreSettings.Type.COOKIE && redis.isPresent()) {
            findings.note(
                    "Sessions are kept in the cookie; Redis is used to tell the other replicas who was signed out.");
        }
        if (type == StoreSettings.Type.TOMCAT && redis.isPresent()) {
            findings.note("The redis-* options have no effect with session-store-type=tomcat.");
        }
        return new StoreSettings(type, type == StoreSettings.Type.TOMCAT ? Optional.empty() : redis);
    }

    private StoreSettings.Type type() {
        String name = values.text(SESSION_STORE_TYPE);
        return Arrays.stream(StoreSettings.Type.values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseGet(() -> {
                    findings.mistake(
                            SESSION_STORE_TYPE, Quoted.of(name) + " is not known; choose one of cookie, redis, tomcat");
                    return StoreSettings.Type.COOKIE;
                });
    }
}
