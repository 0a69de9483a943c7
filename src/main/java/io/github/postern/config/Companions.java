package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.EnumMap;
import java.util.Map;

/** Tells of options that are set, and mean nothing without another one. */
final class Companions {
    private static final Map<Option, Option> NEEDED = new EnumMap<>(Map.of(
            ADMIN_GROUP, SESSION_STORE_TYPE,
            BEARER_TOKEN_LOGIN_FALLBACK, SKIP_JWT_BEARER_TOKENS,
            SIGNED_IDENTITY_LIFETIME, SIGNED_IDENTITY_HEADER,
            VALIDATE_URL, COOKIE_REFRESH,
            CLUSTER_ADDRESS, CLUSTER,
            CLUSTER_MEMBER, CLUSTER,
            CLUSTER_SECRET, CLUSTER));

    private Companions() {}

    static void check(Values values, Findings findings) {
        NEEDED.forEach((option, companion) -> {
            if (!values.isDefault(option) && values.isDefault(companion)) {
                findings.note(option.flag() + " has no effect without " + companion.flag() + ".");
            }
        });
    }
}
