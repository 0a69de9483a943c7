package io.github.postern.login;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What holds for every bearer token, whoever issued it (RFC 8725, RFC 9068). The first rule that is broken decides. */
final class BearerRules {
    private static final Set<JOSEObjectType> HEADER_TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    /** What Keycloak calls its tokens that give no access. */
    private static final Set<String> OTHER_TOKENS = Set.of("Refresh", "Offline", "Logout");

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "the token is of another type",
                    token -> token.header().getType() != null
                            && !HEADER_TYPES.contains(token.header().getType())),
            new Rule("the token has critical extensions", token -> TokenShape.isExtended(token.header())),
            new Rule(
                    "the algorithm of the token is not accepted",
                    token -> !TokenKeys.ASYMMETRIC.contains(token.header().getAlgorithm())),
            new Rule("the token is no access token", token -> isOther(token.claims())),
            new Rule("the token has no exp", token -> token.claims().getExpirationTime() == null),
            new Rule(
                    "the token has expired",
                    token -> !token.now()
                            .isBefore(token.claims().getExpirationTime().toInstant())),
            new Rule(
                    "the token is not valid yet",
                    token -> token.isAhead(token.claims().getNotBeforeTime())),
            new Rule(
                    "the token was issued in the future",
                    token -> token.isAhead(token.claims().getIssueTime())),
            new Rule(
                    "the token names no subject",
                    token -> !TokenShape.isName(token.claims().getSubject())));

    private BearerRules() {}

    private record Token(JWSHeader header, JWTClaimsSet claims, Instant now) {
        boolean isAhead(Date time) {
            return TokenShape.isAhead(time, now);
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

    private static boolean isOther(JWTClaimsSet claims) {
        return OTHER_TOKENS.contains(String.valueOf(claims.getClaim("typ"))) || claims.getClaim("events") != null;
    }
}
