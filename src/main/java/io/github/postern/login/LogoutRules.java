package io.github.postern.login;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What holds for every logout token, whoever signed it (Back-Channel Logout 1.0, 2.4 and 2.6). The first rule that is broken decides. */
final class LogoutRules {
    /** The oldest token that counts, so that none has to be remembered for longer; providers send them at once. */
    static final Duration OLDEST = Duration.ofMinutes(10);

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Set<JOSEObjectType> HEADER_TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("logout+jwt"), new JOSEObjectType("application/logout+jwt"));

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "it is of another type",
                    token -> token.header().getType() != null
                            && !HEADER_TYPES.contains(token.header().getType())),
            new Rule("it has critical extensions", token -> TokenShape.isExtended(token.header())),
            new Rule("it has a nonce", token -> token.has("nonce")), // or an ID token could be passed off as one
            new Rule("its events do not name a back-channel logout", token -> !isLogout(token.claims())),
            new Rule("it has no jti", token -> !TokenShape.isName(token.claims().getClaim("jti"))),
            new Rule("it has no iat", token -> token.issued() == null),
            new Rule("it was issued in the future", token -> token.isAhead(token.issued())),
            new Rule("it is too old", token -> token.issued().toInstant().isBefore(token.earliest(OLDEST))),
            new Rule("it has no exp", token -> token.expires() == null),
            new Rule("it has expired", token -> token.expires().toInstant().isBefore(token.earliest(Duration.ZERO))),
            new Rule(
                    "it is not valid yet", token -> token.isAhead(token.claims().getNotBeforeTime())),
            new Rule("its sid is no name", token -> token.isNoName("sid")),
            new Rule("its sub is no name", token -> token.isNoName("sub")),
            new Rule("it has neither sid nor sub", token -> !token.has("sid") && !token.has("sub")));

    private LogoutRules() {}

    private record Token(JWSHeader header, JWTClaimsSet claims, Instant now) {
        Date issued() {
            return claims.getIssueTime();
        }

        Date expires() {
            return claims.getExpirationTime();
        }

        boolean isAhead(Date time) {
            return TokenShape.isAhead(time, now);
        }

        Instant earliest(Duration age) {
            return now.minus(age).minus(IdTokenChecks.CLOCK_SKEW);
        }

        boolean has(String claim) {
            return claims.getClaims().containsKey(claim);
        }

        boolean isNoName(String claim) {
            return has(claim) && !TokenShape.isName(claims.getClaim(claim));
        }
    }

    private record Rule(String complaint, Predicate<Token> isBroken) {}

    /** What is wrong with the token before anyone looks at its signature; empty when nothing is. */
    static Optional<String> complaint(JWSHeader header, JWTClaimsSet claims, Instant now) {
        var token = new Token(header, claims, now);
        return RULES.stream()
                .filter(rule -> rule.isBroken().test(token))
                .findFirst()
                .map(Rule::complaint);
    }

    private static boolean isLogout(JWTClaimsSet claims) {
        return claims.getClaim("events") instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>;
    }
}
