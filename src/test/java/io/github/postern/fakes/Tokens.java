package io.github.postern.fakes;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keycloak's tokens, claim by claim. */
final class Tokens {
    private static final long LIFETIME_SECONDS = 300;

    private final String issuer;
    private final String client;
    private final SigningKeys keys;

    Tokens(String issuer, String client, SigningKeys keys) {
        this.issuer = issuer;
        this.client = client;
        this.keys = keys;
    }

    /** What the token endpoint answers; {@code refreshed} leaves the nonce out, as Keycloak does. */
    Map<String, Object> answer(Grant grant, boolean refreshed, Misbehaviour misbehaviour) {
        var access = Forgery.none().sign(keys, accessToken(grant));
        var idToken = idToken(grant, access, refreshed);
        misbehaviour.changeClaims(idToken, refreshed);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", access);
        answer.put("expires_in", LIFETIME_SECONDS);
        answer.put("refresh_expires_in", 1800);
        answer.put("refresh_token", "refresh-" + UUID.randomUUID() + "-" + UUID.randomUUID());
        answer.put("token_type", "Bearer");
        answer.put("id_token", misbehaviour.forgery().sign(keys, idToken));
        answer.put("not-before-policy", 0);
        answer.put("session_state", grant.sid());
        answer.put("scope", "openid email profile");
        misbehaviour.changeTokenAnswer(answer);
        return answer;
    }

    private Map<String, Object> idToken(Grant grant, String access, boolean refreshed) {
        var claims = common(grant, "ID", client);
        if (!refreshed && !grant.nonce().isEmpty()) {
            claims.put("nonce", grant.nonce());
        }
        claims.put("at_hash", halfHash(access));
        claims.putAll(grant.user().claims());
        return claims;
    }

    Map<String, Object> accessToken(Grant grant) {
        var claims = common(grant, "Bearer", client);
        claims.put("jti", "onrtac:" + UUID.randomUUID());
        claims.put("realm_access", Map.of("roles", grant.user().realmRoles()));
        claims.put(
                "resource_access",
                grant.user().clientRoles().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Map.of("roles", entry.getValue()))));
        claims.put("scope", "openid email profile");
        claims.put("allowed-origins", List.of("https://akko.local"));
        claims.putAll(grant.user().claims());
        return claims;
    }

    /** Back-Channel Logout 1.0, 2.4, as Keycloak fills it; who is meant is to be added. */
    Map<String, Object> logoutToken() {
        long now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("exp", now + 120);
        claims.put("iat", now);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iss", issuer);
        claims.put("aud", client);
        claims.put("typ", "Logout");
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return claims;
    }

    private Map<String, Object> common(Grant grant, String type, String audience) {
        long now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("exp", now + LIFETIME_SECONDS);
        claims.put("iat", now);
        claims.put("auth_time", grant.authenticated().getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iss", issuer);
        claims.put("aud", audience);
        claims.put("sub", grant.user().subject());
        claims.put("typ", type);
        claims.put("azp", client);
        claims.put("sid", grant.sid());
        claims.put("acr", "1");
        return claims;
    }

    /** {@code at_hash}, OpenID Connect Core 3.1.3.6. */
    private static String halfHash(String token) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(Arrays.copyOf(hash, hash.length / 2)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
