package io.github.postern.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What an allowed request is told about the user.
 *
 * @param identity {@code X-Auth-Request-User, -Email, -Preferred-Username, -Groups}
 * @param accessToken {@code X-Auth-Request-Access-Token} ({@code pass-access-token}); never without {@code identity}
 * @param authorization {@code Authorization: Bearer} with the ID token ({@code set-authorization-header})
 * @param basic {@code Authorization: Basic} ({@code set-basic-auth}); never with {@code authorization}
 * @param usual the headers every app gets; its {@code userIdClaim} is never empty
 * @param signed the identity as a JWT, if it is wanted
 */
public record HeaderSettings(
        boolean identity,
        boolean accessToken,
        boolean authorization,
        Optional<BasicAuth> basic,
        AppHeaders usual,
        Optional<SignedIdentity> signed) {

    /**
     * The user as Basic credentials.
     *
     * @param password the same for everybody
     * @param byEmail whether the user is the e-mail address, not the subject
     */
    public record BasicAuth(Secret password, boolean byEmail) {}

    /**
     * A JWT that an app can check.
     *
     * @param header the header's name
     * @param lifetime how long it is valid
     * @param issuer its {@code iss}: the origin of {@code redirect-url} and our prefix, below which the public keys are
     */
    public record SignedIdentity(String header, Duration lifetime, String issuer) {}
}
