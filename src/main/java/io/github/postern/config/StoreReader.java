package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.Map;
import java.util.Optional;

/** Fills {@link StoreSettings}. */
final class StoreReader {
    private static final Map<String, StoreSettings.Type> TYPES = Map.of(
            "cookie",
            StoreSettings.Type.COOKIE,
            "redis",
            StoreSettings.Type.REDIS,
            "tomcat",
            StoreSettings.Type.TOMCAT);

    private final Values values;
    private final Findings findings;

    StoreReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    StoreSettings read() {
        StoreSettings.Type type = Choice.read(SESSION_STORE_TYPE, TYPES, values, findings);
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
}
