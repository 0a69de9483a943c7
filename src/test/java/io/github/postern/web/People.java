package io.github.postern.web;

import io.github.postern.gate.Caller;
import io.github.postern.gate.Callers;
import java.util.List;
import java.util.Map;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;

/** Callers as sessions make them. */
final class People {
    /** Epoch seconds until which their sessions last. */
    static final long UNTIL = 2_000_000_000;

    private People() {}

    static Caller alice() {
        return caller("f81d4fae", "alice@akko.local", "alice", List.of("/data", "role:admin"), Map.of());
    }

    static Caller caller(
            String subject, String email, String name, List<String> groups, Map<String, List<String>> claims) {
        var profile = new OidcProfile();
        profile.setId(subject);
        profile.addAttribute("email", email);
        profile.addAttribute("preferred_username", name);
        profile.addAttribute("groups", groups);
        profile.addAttribute("claims", claims);
        profile.addAttribute("access_token", "access");
        profile.addAttribute("id_token", "id");
        profile.addAttribute(JwtClaims.ISSUED_AT, 1_000_000_000L);
        profile.addAttribute(JwtClaims.EXPIRATION_TIME, UNTIL);
        return Callers.of(profile);
    }
}
