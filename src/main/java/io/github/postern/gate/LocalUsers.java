package io.github.postern.gate;

import io.github.postern.config.LocalUserSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.pac4j.oidc.profile.OidcProfile;

/** How people of {@code htpasswd-file} look to everybody else: a name, the groups of all of them, and no e-mail address. */
public final class LocalUsers {
    private final List<String> groups;
    private final boolean nameIsEmail;
    private final InstantSource clock;

    /**
     * @param settings the groups, and whether a name in a header is an e-mail address
     * @param clock now
     */
    public LocalUsers(LocalUserSettings settings, InstantSource clock) {
        this.groups = settings.groups();
        this.nameIsEmail = settings.nameIsEmail();
        this.clock = clock;
    }

    /** Who sent name and password along with a request. */
    Caller caller(String name) {
        return new Caller(
                name, nameIsEmail ? name : "", "", groups, clock.instant(), Instant.MAX, claims(), Tokens.NONE);
    }

    /** Who signed in with name and password, for a session. */
    public OidcProfile profile(String name) {
        var profile = new OidcProfile();
        profile.setId(name);
        profile.addAttribute("groups", groups);
        profile.addAttribute("claims", claims());
        return profile;
    }

    private static Map<String, List<String>> claims() {
        return Map.of("iss", List.of(Caller.LOCAL));
    }
}
