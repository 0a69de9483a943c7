package io.github.postern.session;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * The bytes of a session: what the identity headers and the rules need, and the tokens that were left in the profile. No
 * object is serialised by Java, and nothing of JSON is parsed on a check.
 *
 * <p>Fields in order: version (one byte); signed in at, ends at, renewed at (epoch seconds, zero when unknown); session
 * id, subject, e-mail, preferred user name, the provider's session id; groups; refresh, access and ID token. Version 2
 * adds further claims, each with its values. Version 3 adds when the tokens end, when the user typed the password and when the
 * session was seen last (epoch seconds), and a digest of the sign-in's nonce. The lowest version that holds everything is written.
 * Texts are UTF-8 behind their length, numbers are variable-length.
 */
final class ProfileCodec {
    private static final int WITHOUT_CLAIMS = 1;
    private static final int WITH_CLAIMS = 2;
    private static final int WITH_TOKEN_FACTS = 3;
    private static final String TOKENS_END = "tokens_end";
    private static final String AUTH_TIME = "auth_time";
    private static final String NONCE_DIGEST = "nonce_digest";
    static final String CLAIMS = "claims";
    static final String GROUPS = "groups";
    static final String SID = "sid";
    static final String SEEN = "seen";

    /** @param withIdToken whether the ID token travels along */
    byte[] encode(OidcProfile profile, boolean withIdToken) {
        var out = new FieldWriter();
        Map<?, ?> claims = claims(profile);
        int version = version(profile, claims);
        out.number(version);
        out.number(time(profile, JwtClaims.ISSUED_AT));
        out.number(time(profile, JwtClaims.EXPIRATION_TIME));
        out.number(time(profile, OidcProfileDefinition.UPDATED_AT));
        out.text(text(profile, JwtClaims.JWT_ID));
        out.text(profile.getId());
        out.text(text(profile, OidcProfileDefinition.EMAIL));
        out.text(text(profile, OidcProfileDefinition.PREFERRED_USERNAME));
        out.text(text(profile, SID));
        Collection<String> groups = groups(profile);
        out.number(groups.size());
        groups.forEach(out::text);
        out.text(text(profile, OidcProfileDefinition.REFRESH_TOKEN));
        out.text(text(profile, OidcProfileDefinition.ACCESS_TOKEN));
        out.text(withIdToken ? text(profile, OidcProfileDefinition.ID_TOKEN) : "");
        if (version >= WITH_CLAIMS) {
            write(claims, out);
        }
        if (version >= WITH_TOKEN_FACTS) {
            writeFacts(profile, out);
        }
        return out.bytes();
    }

    private static int version(OidcProfile profile, Map<?, ?> claims) {
        boolean facts = time(profile, TOKENS_END) + time(profile, AUTH_TIME) + time(profile, SEEN) > 0
                || !text(profile, NONCE_DIGEST).isEmpty();
        if (facts) {
            return WITH_TOKEN_FACTS;
        }
        return claims.isEmpty() ? WITHOUT_CLAIMS : WITH_CLAIMS;
    }

    private static void writeFacts(OidcProfile profile, FieldWriter out) {
        out.number(time(profile, TOKENS_END));
        out.number(time(profile, AUTH_TIME));
        out.number(time(profile, SEEN));
        out.text(text(profile, NONCE_DIGEST));
    }

    private static void readFacts(FieldReader in, OidcProfile profile) {
        put(profile, TOKENS_END, in.number());
        put(profile, AUTH_TIME, in.number());
        put(profile, SEEN, in.number());
        put(profile, NONCE_DIGEST, in.text());
    }

    private static void put(OidcProfile profile, String name, long seconds) {
        if (seconds > 0) {
            profile.addAttribute(name, seconds);
        }
    }

    /** Empty for bytes of another version or shape. */
    Optional<OidcProfile> decode(byte[] bytes) {
        var in = new FieldReader(bytes);
        try {
            long version = in.number();
            return version >= WITHOUT_CLAIMS && version <= WITH_TOKEN_FACTS
                    ? Optional.of(profile(in, version))
                    : Optional.empty();
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static OidcProfile profile(FieldReader in, long version) {
        OidcProfile profile = fields(in);
        if (version >= WITH_CLAIMS) {
            Map<String, List<String>> claims = claims(in);
            if (!claims.isEmpty()) {
                profile.addAttribute(CLAIMS, claims);
            }
        }
        if (version >= WITH_TOKEN_FACTS) {
            readFacts(in, profile);
        }
        return profile;
    }

    private static void write(Map<?, ?> claims, FieldWriter out) {
        out.number(claims.size());
        claims.forEach((name, values) -> {
            Collection<?> texts = values instanceof Collection<?> several ? several : List.of();
            out.text(name.toString());
            out.number(texts.size());
            texts.forEach(text -> out.text(text.toString()));
        });
    }

    private static Map<String, List<String>> claims(FieldReader in) {
        Map<String, List<String>> claims = new LinkedHashMap<>();
        long count = in.number();
        for (long i = 0; i < count; i++) {
            claims.put(in.text(), in.texts());
        }
        return claims;
    }

    private static Map<?, ?> claims(OidcProfile profile) {
        return profile.getAttribute(CLAIMS) instanceof Map<?, ?> claims ? claims : Map.of();
    }

    private static OidcProfile fields(FieldReader in) {
        var profile = new OidcProfile();
        profile.addAttribute(JwtClaims.ISSUED_AT, in.number());
        profile.addAttribute(JwtClaims.EXPIRATION_TIME, in.number());
        profile.addAttribute(OidcProfileDefinition.UPDATED_AT, in.number());
        put(profile, JwtClaims.JWT_ID, in.text());
        profile.setId(in.text());
        put(profile, OidcProfileDefinition.EMAIL, in.text());
        put(profile, OidcProfileDefinition.PREFERRED_USERNAME, in.text());
        put(profile, SID, in.text());
        profile.addAttribute(GROUPS, in.texts());
        put(profile, OidcProfileDefinition.REFRESH_TOKEN, in.text());
        put(profile, OidcProfileDefinition.ACCESS_TOKEN, in.text());
        put(profile, OidcProfileDefinition.ID_TOKEN, in.text());
        return profile;
    }

    private static void put(OidcProfile profile, String name, String value) {
        if (!value.isEmpty()) {
            profile.addAttribute(name, value);
        }
    }

    static String text(OidcProfile profile, String name) {
        return profile.getAttribute(name) instanceof String text ? text : "";
    }

    static long time(OidcProfile profile, String name) {
        return profile.getAttribute(name) instanceof Number seconds ? seconds.longValue() : 0;
    }

    private static List<String> groups(OidcProfile profile) {
        return profile.getAttribute(GROUPS) instanceof Collection<?> groups
                ? groups.stream().map(String::valueOf).toList()
                : List.of();
    }
}
