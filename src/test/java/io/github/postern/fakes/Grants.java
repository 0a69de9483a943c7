package io.github.postern.fakes;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The provider's memory: codes, tokens and sessions. */
final class Grants {
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Grant> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, Grant> accessTokens = new ConcurrentHashMap<>();
    private final Map<String, String> lastSessions = new ConcurrentHashMap<>();
    private final Set<String> endedSessions = ConcurrentHashMap.newKeySet();

    /** A code of Keycloak's shape for this sign-in. */
    String code(Grant grant) {
        var code = UUID.randomUUID() + "." + grant.sid() + "." + UUID.randomUUID();
        codes.put(code, grant);
        lastSessions.put(grant.user().name(), grant.sid());
        return code;
    }

    /** The sign-in behind a code, if code, redirect address and PKCE verifier fit; a code works once. */
    Optional<Grant> redeem(Parameters form, Misbehaviour misbehaviour) {
        if (misbehaviour.acceptsUsedCodes()) {
            return Optional.ofNullable(codes.get(form.get("code")));
        }
        return Optional.ofNullable(codes.remove(form.get("code")))
                .filter(grant -> grant.redirectUri().equals(form.get("redirect_uri")))
                .filter(grant ->
                        grant.challenge().isEmpty() || grant.challenge().equals(challenge(form.get("code_verifier"))));
    }

    /** The sign-in behind a refresh token, if its session still lives. */
    Optional<Grant> refresh(String token, Misbehaviour misbehaviour) {
        var grant = misbehaviour.rotates() ? refreshTokens.remove(token) : refreshTokens.get(token);
        return Optional.ofNullable(grant).filter(found -> !endedSessions.contains(found.sid()));
    }

    Optional<Grant> access(String token) {
        return Optional.ofNullable(accessTokens.get(token));
    }

    void remember(Map<String, Object> answer, Grant grant) {
        if (answer.get("refresh_token") instanceof String token) {
            refreshTokens.put(token, grant);
        }
        if (answer.get("access_token") instanceof String token) {
            accessTokens.put(token, grant);
        }
    }

    /** The session of an account that began last. */
    String lastSessionOf(String name) {
        return lastSessions.get(name);
    }

    /** Ends every session of an account, as an administrator does. */
    void endSessionsOf(String name) {
        refreshTokens.values().stream()
                .filter(grant -> grant.user().name().equals(name))
                .forEach(grant -> endedSessions.add(grant.sid()));
    }

    void endSession(String sid) {
        endedSessions.add(sid);
    }

    boolean hasEnded(String sid) {
        return endedSessions.contains(sid);
    }

    /** RFC 7636 section 4.2, S256. */
    static String challenge(String verifier) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
