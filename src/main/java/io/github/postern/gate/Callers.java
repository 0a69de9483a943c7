package io.github.postern.gate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/** Makes callers of pac4j's profiles. */
public final class Callers {
    private Callers() {}

    /** @param profile {@code iat} and {@code exp} are when the session began and ends, in epoch seconds */
    public static Caller of(OidcProfile profile) {
        long ends = seconds(profile, JwtClaims.EXPIRATION_TIME);
        return new Caller(
                profile.getId(),
                text(profile, OidcProfileDefinition.EMAIL),
                text(profile, OidcProfileDefinition.PREFERRED_USERNAME),
                groups(profile),
                Instant.ofEpochSecond(seconds(profile, JwtClaims.ISSUED_AT)),
                ends == 0 ? Instant.MAX : Instant.ofEpochSecond(ends),
                claims(profile),
                Tokens.of(profile));
    }

    @SuppressWarnings("unchecked") // ours alone: the session's codec and the identity creator write it
    private static Map<String, List<String>> claims(OidcProfile profile) {
        return profile.getAttribute("claims") instanceof Map<?, ?> claims
                ? (Map<String, List<String>>) claims
                : Map.of();
    }

    static Optional<OidcProfile> firstProfile(Object profiles) {
        return profiles instanceof Map<?, ?> map
                        && !map.isEmpty()
                        && map.values().iterator().next() instanceof OidcProfile profile
                ? Optional.of(profile)
                : Optional.empty();
    }

    private static String text(OidcProfile profile, String name) {
        return profile.getAttribute(name) instanceof String text ? text : "";
    }

    private static long seconds(OidcProfile profile, String name) {
        return profile.getAttribute(name) instanceof Number seconds ? seconds.longValue() : 0;
    }

    private static List<String> groups(OidcProfile profile) {
        return profile.getAttribute("groups") instanceof Collection<?> groups
                ? groups.stream().map(String::valueOf).toList()
                : List.of();
    }
}
