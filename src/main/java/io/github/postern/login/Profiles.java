package io.github.postern.login;

import io.github.postern.config.ProviderSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/** Makes the profile we keep of what a token says about a user. Throws {@link LoginFailed} where it must not be kept. */
final class Profiles {
    private static final String EMAIL = "email";
    private static final String CLAIMS = "claims";

    /** What fits into one answer of this server; proxies may take less until their buffers are made larger. */
    private static final int MOST_HEADER_BYTES = 24_000;

    private final Names names;
    private final Supplier<Set<String>> keptClaims;

    /** The further claims that are asked for at the moment. */
    Set<String> keptClaims() {
        return keptClaims.get();
    }

    /** @param keptClaims further claims that a header or a rule asks for */
    Profiles(Names names, Supplier<Set<String>> keptClaims) {
        this.names = names;
        this.keptClaims = keptClaims;
    }

    /**
     * Where a token says what.
     *
     * @param email the claim with the e-mail address
     * @param groups the claim with the groups
     * @param allowUnverifiedEmail whether {@code email_verified=false} is good enough
     */
    record Names(String email, String groups, boolean allowUnverifiedEmail) {
        /** As OpenID Connect names them. */
        static final Names STANDARD = new Names(EMAIL, "groups", false);

        static Names of(ProviderSettings settings) {
            return new Names(settings.emailClaim(), settings.groupsClaim(), settings.allowUnverifiedEmail());
        }
    }

    /** @param roles what counts as groups besides those in the claims */
    OidcProfile of(String subject, Claims claims, List<String> roles) {
        checkVerified(claims);
        return profile(subject, claims, roles);
    }

    /**
     * The same for a token that a program shows: nobody can be asked for a missing e-mail address, so the subject takes its
     * place. The accounts of programs have no address at Keycloak, and {@code email_verified=false}, which speaks of nothing then.
     */
    OidcProfile ofToken(String subject, Claims claims, List<String> roles) {
        // a subject in the shape of an address would be taken for one, by rules and by apps
        if (!claims.isBlank(names.email()) || subject.contains("@")) {
            checkVerified(claims);
        }
        OidcProfile profile = profile(subject, claims, roles);
        if (profile.getAttribute(OidcProfileDefinition.EMAIL) == null) {
            profile.addAttribute(OidcProfileDefinition.EMAIL, subject);
        }
        return profile;
    }

    private OidcProfile profile(String subject, Claims claims, List<String> roles) {
        var profile = new OidcProfile();
        profile.setId(subject);
        put(profile, OidcProfileDefinition.EMAIL, claims.text(names.email()));
        put(profile, OidcProfileDefinition.PREFERRED_USERNAME, claims.text("preferred_username"));
        put(profile, "sid", claims.text("sid"));
        profile.addAttribute("groups", groups(claims, roles));
        keepClaims(profile, claims);
        checkHeaders(profile);
        return profile;
    }

    private void checkVerified(Claims claims) {
        boolean unverified = names.email().equals(EMAIL) && claims.denies("email_verified");
        if (unverified && !names.allowUnverifiedEmail()) {
            throw new LoginFailed(
                    Reason.EMAIL_UNVERIFIED,
                    "email_verified is false; verify the address at the provider, or set insecure-oidc-allow-unverified-email");
        }
    }

    private void keepClaims(OidcProfile profile, Claims claims) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (String name : keptClaims.get()) {
            List<String> values =
                    claims.values(name).stream().filter(Profiles::isPlain).toList();
            if (!values.isEmpty()) {
                kept.put(name, values);
            }
        }
        if (!kept.isEmpty()) {
            profile.addAttribute(CLAIMS, kept);
        }
    }

    /** A name that a header could not carry unchanged would read as another's there: it is left out. */
    private List<String> groups(Claims claims, List<String> roles) {
        return Stream.concat(claims.texts(names.groups()).stream(), roles.stream())
                .filter(Profiles::isPlain)
                .toList();
    }

    private static boolean isPlain(String text) {
        return text.equals(text.strip()) && text.chars().noneMatch(Character::isISOControl);
    }

    private static void checkHeaders(OidcProfile profile) {
        List<String> texts = new ArrayList<>(List.of(
                profile.getId(),
                String.valueOf(profile.getAttribute(OidcProfileDefinition.EMAIL)),
                String.valueOf(profile.getAttribute(OidcProfileDefinition.PREFERRED_USERNAME))));
        if (!texts.stream().allMatch(Profiles::isPlain)) {
            throw new LoginFailed(Reason.TOKEN_INVALID, "sub, e-mail or user name holds control characters");
        }
        ((List<?>) profile.getAttribute("groups")).forEach(group -> texts.add(group.toString()));
        if (profile.getAttribute(CLAIMS) instanceof Map<?, ?> claims) {
            claims.values().forEach(values -> ((List<?>) values).forEach(value -> texts.add(value.toString())));
        }
        int bytes = String.join(",", texts).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_HEADER_BYTES) {
            throw new LoginFailed(
                    Reason.SESSION_TOO_LARGE,
                    "names, groups and roles make headers of " + bytes + " bytes, at most " + MOST_HEADER_BYTES
                            + " are sent to apps; let the provider send fewer groups to this client");
        }
    }

    /** Adds what is there. */
    static void put(OidcProfile profile, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            profile.addAttribute(name, value);
        }
    }
}
