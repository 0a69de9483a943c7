package io.github.postern.login;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import io.github.postern.config.AudienceSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whom tokens must be meant for: the first of the operator's claims that a token has decides. */
final class Audiences {
    private static final int LONGEST_NAME = 100;
    private final List<String> claims;
    private final List<String> accepted;

    /** @param own our own name at the issuer */
    Audiences(String own, AudienceSettings settings) {
        this.claims = settings.claims();
        this.accepted = Stream.concat(Stream.of(own), settings.extra().stream()).toList();
    }

    /** Whether the token is meant for us. */
    boolean accept(JWTClaimsSet token) {
        return named(token).stream().anyMatch(accepted::contains);
    }

    /**
     * Whether an ID token was issued to us: {@code azp} is one of ours, or missing where nobody else is meant (OpenID Connect
     * Core 3.1.3.7).
     */
    boolean acceptParty(JWTClaimsSet idToken) {
        Object party = idToken.getClaim("azp");
        return party == null ? accepted.containsAll(named(idToken)) : accepted.contains(party);
    }

    /** @throws Wrong unless the token is meant for us */
    void require(JWTClaimsSet token) throws Wrong {
        if (!accept(token)) {
            throw new Wrong(found(token), String.join(", ", accepted));
        }
    }

    private List<String> named(JWTClaimsSet token) {
        return deciding(token).map(token::getClaim).map(Audiences::texts).orElse(List.of());
    }

    private Optional<String> deciding(JWTClaimsSet token) {
        return claims.stream().filter(token.getClaims()::containsKey).findFirst();
    }

    /** One text, or a list of them; anything else names nobody. */
    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : value instanceof String text ? List.of(text) : List.of();
    }

    private String found(JWTClaimsSet token) {
        String claim = deciding(token).orElse(String.join(", ", claims));
        List<String> names = named(token).stream()
                .map(name -> name.substring(0, Math.min(name.length(), LONGEST_NAME)))
                .toList();
        return claim + ": " + (names.isEmpty() ? "nobody" : String.join(", ", names));
    }

    /** The token is meant for somebody else. */
    static final class Wrong extends BadJWTException {
        private final String found;

        Wrong(String found, String expected) {
            super("it is meant for " + found + ", not for " + expected
                    + "; let the provider add our client id to the audience, or see oidc-extra-audience and"
                    + " oidc-audience-claim");
            this.found = found;
        }

        /** The claim that decided, and whom it names. */
        String found() {
            return found;
        }
    }
}
