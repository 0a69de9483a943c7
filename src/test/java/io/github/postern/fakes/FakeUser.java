package io.github.postern.fakes;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An account at the identity provider.
 *
 * @param name what the person signs in with; the key of the account
 * @param claims what the ID token and userinfo say, as Keycloak's mappers give it
 * @param realmRoles in the access token's {@code realm_access}
 * @param clientRoles in the access token's {@code resource_access}, by client
 */
public record FakeUser(
        String name, Map<String, Object> claims, List<String> realmRoles, Map<String, List<String>> clientRoles) {
    public FakeUser {
        claims = new TreeMap<>(claims);
        realmRoles = List.copyOf(realmRoles);
        clientRoles = Map.copyOf(clientRoles);
    }

    /** An account with a verified address and no group: the {@code groups} claim is absent then, as in Keycloak. */
    public static FakeUser named(String name) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", subject(name));
        claims.put("email", name + "@akko.local");
        claims.put("email_verified", true);
        claims.put("preferred_username", name);
        claims.put("name", name + " Example");
        claims.put("given_name", name);
        claims.put("family_name", "Example");
        return new FakeUser(name, claims, List.of("default-roles-akko"), Map.of());
    }

    /** The subject of an account made by {@link #named}. */
    public static String subject(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** This account with full group paths. */
    public FakeUser in(String... groups) {
        return with("groups", List.of(groups));
    }

    /** This account with any claim, of any type. */
    public FakeUser with(String claim, Object value) {
        var more = new LinkedHashMap<>(claims);
        more.put(claim, value);
        return new FakeUser(name, more, realmRoles, clientRoles);
    }

    /** This account without a claim. */
    public FakeUser without(String claim) {
        var fewer = new LinkedHashMap<>(claims);
        fewer.remove(claim);
        return new FakeUser(name, fewer, realmRoles, clientRoles);
    }

    /** This account with realm roles and the roles of one client. */
    public FakeUser withRoles(List<String> realm, String client, List<String> roles) {
        return new FakeUser(name, claims, realm, Map.of(client, roles));
    }

    public String subject() {
        return String.valueOf(claims.get("sub"));
    }
}
