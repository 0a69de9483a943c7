package io.github.postern.web;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.postern.config.AppHeaders;
import io.github.postern.gate.Caller;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the signed identity says. Texts that are unknown are left out; {@code groups} is always a list. What a claim header asks
 * for stands below {@code claims}, each a list, where no name can be taken for one that JWT gives a meaning.
 *
 * @param issuer the {@code iss}
 * @param further the claims that every app gets
 */
record IdentityClaims(String issuer, Set<String> further) {
    /** As JSON; the token is then shorter than 3,072 characters, which proxies take as one header beside the usual ones. */
    static final int MOST_BYTES = 2_100;

    /** How much a token says, most first: a part of the groups would be taken for all of them, so it is all or none. */
    enum Detail {
        ALL,
        NO_GROUPS,
        NO_GROUPS_NO_CLAIMS
    }

    /**
     * From when to when it is valid.
     *
     * @param begins now
     * @param ends no later than the session
     */
    record Times(Instant begins, Instant ends) {}

    /** @param audience the app's host */
    JWTClaimsSet of(Caller caller, AppHeaders app, String audience, Times times, Detail detail) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(caller.subject())
                .issueTime(Date.from(times.begins()))
                .notBeforeTime(Date.from(times.begins()))
                .expirationTime(Date.from(times.ends()));
        put(claims, "email", caller.email());
        put(claims, "preferred_username", caller.preferredUsername());
        if (detail == Detail.ALL) {
            claims.claim("groups", caller.groups());
        } else {
            claims.claim("groups_omitted", true);
        }
        if (detail == Detail.NO_GROUPS_NO_CLAIMS) {
            claims.claim("claims_omitted", true);
        } else {
            putFurther(claims, caller, app);
        }
        return claims.build();
    }

    private static void put(JWTClaimsSet.Builder claims, String name, String value) {
        if (!value.isEmpty()) {
            claims.claim(name, value);
        }
    }

    private void putFurther(JWTClaimsSet.Builder claims, Caller caller, AppHeaders app) {
        Map<String, List<String>> values = new TreeMap<>();
        further.forEach(name -> values.put(name, caller.claim(name)));
        app.furtherClaims().forEach(name -> values.put(name, caller.claim(name)));
        if (!values.isEmpty()) {
            claims.claim("claims", values);
        }
    }
}
