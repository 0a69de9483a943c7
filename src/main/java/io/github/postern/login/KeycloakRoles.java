package io.github.postern.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keycloak's roles as groups, named as oauth2-proxy names them: {@code role:REALM_ROLE} and {@code role:CLIENT:ROLE}. They
 * stand in the access token only, whose signature is checked before it is believed.
 */
final class KeycloakRoles {
    private static final Logger LOG = LoggerFactory.getLogger(KeycloakRoles.class);
    private static final String ROLES = "roles";
    private final ProviderMetadata provider;

    KeycloakRoles(ProviderMetadata provider) {
        this.provider = provider;
    }

    /**
     * The roles; empty when the token cannot be verified.
     *
     * @param accessToken Keycloak's access token, a JWT
     */
    Optional<List<String>> of(String accessToken) {
        try {
            return Optional.of(in(provider.tokens().verifySignature(accessToken).getClaims()));
        } catch (ParseException e) {
            return Optional.of(List.of()); // not a JWT, so it tells no roles
        } catch (BadJOSEException | JOSEException e) {
            LOG.warn("The access token cannot be verified, so it tells no roles: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The roles among the claims of a token that has been verified. */
    static List<String> in(Map<String, Object> token) {
        var claims = new Claims(token, Map.of());
        List<String> groups = new ArrayList<>();
        claims.texts("realm_access." + ROLES).forEach(role -> groups.add("role:" + role));
        if (token.get("resource_access") instanceof Map<?, ?> clients) {
            new TreeMap<>(clients).forEach((client, access) -> {
                if (access instanceof Map<?, ?> map && map.get(ROLES) instanceof List<?> list) {
                    list.forEach(role -> groups.add("role:" + client + ":" + role));
                }
            });
        }
        return groups;
    }
}
