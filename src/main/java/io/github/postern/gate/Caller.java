package io.github.postern.gate;

import jakarta.security.enterprise.CallerPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The signed-in user, as {@code SecurityContext} and {@code request.getUserPrincipal()} know them; its name is the subject. */
public final class Caller extends CallerPrincipal {
    /** The {@code iss} of those whom the operator lists in {@code htpasswd-file}; a provider's is a URL. */
    static final String LOCAL = "htpasswd";

    private final String email;
    private final String preferredUsername;
    private final List<String> groups;
    private final Instant since;
    private final Instant until;
    private final Map<String, List<String>> claims;
    private final Tokens tokens;

    /**
     * @param subject the {@code sub} claim, never empty
     * @param email the e-mail address, or empty when unknown
     * @param preferredUsername the name the user signs in with, or empty when unknown
     * @param groups groups, then roles as {@code role:NAME}
     * @param since when the user signed in
     * @param until when the session ends at the latest; {@link Instant#MAX} for a browser session
     */
    public Caller(
            String subject, String email, String preferredUsername, List<String> groups, Instant since, Instant until) {
        this(subject, email, preferredUsername, groups, since, until, Map.of(), Tokens.NONE);
    }

    Caller(
            String subject,
            String email,
            String preferredUsername,
            List<String> groups,
            Instant since,
            Instant until,
            Map<String, List<String>> claims,
            Tokens tokens) {
        super(subject);
        this.email = email;
        this.preferredUsername = preferredUsername;
        this.groups = List.copyOf(groups);
        this.since = since;
        this.until = until;
        this.claims = claims;
        this.tokens = tokens;
    }

    /** The {@code sub} claim. */
    public String subject() {
        return getName();
    }

    /** The e-mail address, or empty when unknown. */
    public String email() {
        return email;
    }

    /** The name the user signs in with, or empty when unknown. */
    public String preferredUsername() {
        return preferredUsername;
    }

    /** Groups, then roles as {@code role:NAME}. */
    public List<String> groups() {
        return groups;
    }

    /** When the user signed in. */
    public Instant since() {
        return since;
    }

    /** When the session ends at the latest; {@link Instant#MAX} for a browser session. */
    public Instant until() {
        return until;
    }

    /** The values of a further claim that a header or a rule asks for; empty when the provider did not send it. */
    public List<String> claim(String name) {
        return claims.getOrDefault(name, List.of());
    }

    /** All further claims that were kept, by name. */
    public Map<String, List<String>> claims() {
        return claims;
    }

    /** Whether it is somebody from {@code htpasswd-file}, whom the provider does not know. */
    public boolean isLocal() {
        return claim("iss").contains(LOCAL);
    }

    /** The tokens that headers need. */
    public Tokens tokens() {
        return tokens;
    }
}
