package io.github.postern.config;

import static io.github.postern.config.Option.*;

import io.github.postern.config.HeaderSettings.BasicAuth;
import io.github.postern.config.HeaderSettings.SignedIdentity;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills {@link HeaderSettings}. */
final class HeaderReader {
    private static final Set<String> USER_ID_CLAIMS = Set.of("sub", "preferred_username", "email");
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Values values;
    private final Findings findings;

    HeaderReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /**
     * @param redirectUrl whose origin is ours
     * @param prefix where our endpoints lie
     */
    HeaderSettings read(Optional<URI> redirectUrl, String prefix) {
        boolean identity = values.isOn(SET_XAUTHREQUEST);
        boolean authorization = values.isOn(SET_AUTHORIZATION_HEADER);
        tell(identity);
        var usual = new AppHeaders(userIdClaim(), ClaimHeaders.read(values.list(CLAIM_HEADER), findings));
        return new HeaderSettings(
                identity,
                identity && values.isOn(PASS_ACCESS_TOKEN),
                authorization,
                basic(authorization),
                usual,
                signed(
                        usual.claims(),
                        redirectUrl.map(url -> url.resolve(prefix).toString())));
    }

    private void tell(boolean identity) {
        if (!values.isSet(SET_XAUTHREQUEST)) {
            findings.note(
                    "Apps are told who is signed in by X-Auth-Request-User, -Email, -Preferred-Username and -Groups;"
                            + " set-xauthrequest=false ends that.");
        }
        if (values.isOn(PASS_ACCESS_TOKEN) && !identity) {
            findings.note("pass-access-token has no effect: set-xauthrequest is false.");
        }
        if (values.isSet(USER_ID_HEADER_CLAIM) && !identity) {
            findings.note("user-id-header-claim has no effect: set-xauthrequest is false.");
        }
    }

    private String userIdClaim() {
        String claim = values.text(USER_ID_HEADER_CLAIM);
        if (!USER_ID_CLAIMS.contains(claim)) {
            findings.mistake(
                    USER_ID_HEADER_CLAIM,
                    Quoted.of(claim) + " is not one of sub, preferred_username, email; claim-header sends any other");
        }
        return claim;
    }

    private Optional<BasicAuth> basic(boolean authorization) {
        Optional<String> password = values.textIfAny(BASIC_AUTH_PASSWORD);
        boolean byEmail = values.isOn(PREFER_EMAIL_TO_USER);
        if (!values.isOn(SET_BASIC_AUTH)) {
            password.ifPresent(idle -> findings.note("basic-auth-password has no effect: set-basic-auth is false."));
            return Optional.empty();
        }
        if (authorization) {
            findings.mistake(
                    SET_BASIC_AUTH, "and set-authorization-header both write Authorization; turn one of the two off");
        }
        if (password.isEmpty()) {
            findings.mistake(BASIC_AUTH_PASSWORD, "is missing; set it, or turn set-basic-auth off");
        }
        return password.map(text -> new BasicAuth(new Secret(text), byEmail));
    }

    private Optional<SignedIdentity> signed(Map<String, String> others, Optional<String> issuer) {
        Duration lifetime = lifetime();
        Optional<String> header = values.textIfAny(SIGNED_IDENTITY_HEADER);
        header.ifPresent(name -> checkSigned(name, others));
        if (header.isPresent() && issuer.isEmpty()) {
            findings.mistake(
                    SIGNED_IDENTITY_HEADER,
                    "needs redirect-url, whose origin names the issuer; set redirect-url, or remove the header");
        }
        return header.flatMap(name -> issuer.map(base -> new SignedIdentity(name, lifetime, base)));
    }

    private void checkSigned(String name, Map<String, String> others) {
        HeaderName.fault(name)
                .ifPresent(words -> findings.mistake(SIGNED_IDENTITY_HEADER, Quoted.of(name) + " " + words));
        if (others.keySet().stream().map(HeaderName::folded).anyMatch(HeaderName.folded(name)::equals)) {
            findings.mistake(
                    SIGNED_IDENTITY_HEADER, Quoted.of(name) + " is among claim-header too; choose another name");
        }
    }

    private Duration lifetime() {
        Duration lifetime = values.duration(SIGNED_IDENTITY_LIFETIME);
        if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
            findings.mistake(SIGNED_IDENTITY_LIFETIME, "must be between 10s and 10m; 60s suits most");
        }
        return lifetime;
    }
}
