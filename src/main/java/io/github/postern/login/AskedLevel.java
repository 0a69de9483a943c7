package io.github.postern.login;

import io.github.postern.config.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pac4j.core.context.CallContext;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.redirect.Params;

/**
 * The level at which an attempt asks people to sign in. It is kept with the attempt and then in the session, so that a provider
 * that gives less is asked once and not for ever.
 */
public final class AskedLevel {
    /** The claim of ours under which a session keeps what was asked for; no provider's claim has such a name. */
    public static final String CLAIM = " asked";

    /** The request attribute with the {@link Level} of a login that is about to begin. */
    public static final String ATTRIBUTE = AskedLevel.class.getName();

    private static final String KEY = "level";
    private static final String CLAIMS = "claims";

    private AskedLevel() {}

    /** To be called before the attempt's state is set. */
    static void save(CallContext ctx) {
        Level level = wanted(ctx);
        if (!level.isAny()) {
            ctx.sessionStore().set(ctx.webContext(), KEY, level.query());
        }
    }

    /**
     * {@code acr_values} and {@code max_age}. Not the {@code claims} parameter: few providers read it, both together mean
     * nothing certain (OpenID Connect Core 5.5.1.1), and the answer is checked in any case.
     */
    static void ask(CallContext ctx, Params params) {
        Level level = wanted(ctx);
        if (!level.acr().isEmpty()) {
            params.requestObject().put(Level.ACR_VALUES, level.acrValues());
        }
        if (level.maxAge().isPresent()) {
            params.requestObject().put(Level.MAX_AGE, level.maxAgeSeconds());
        }
    }

    /** Tells the session what was asked for at its sign-in. */
    static void keep(CallContext ctx, OidcProfile profile) {
        ctx.sessionStore()
                .get(ctx.webContext(), KEY)
                .ifPresent(level -> profile.addAttribute(CLAIMS, with(profile, CLAIM, List.of(level.toString()))));
    }

    /** A renewal is no sign-in: where the provider says nothing of it, what is known of the sign-in stays. */
    static void carryOver(OidcProfile from, OidcProfile to) {
        for (String claim : List.of(CLAIM, Level.ACR, Level.AUTH_TIME)) {
            if (claims(from).get(claim) instanceof List<?> values && !claims(to).containsKey(claim)) {
                to.addAttribute(CLAIMS, with(to, claim, values));
            }
        }
    }

    private static Level wanted(CallContext ctx) {
        Optional<?> asked = ctx.webContext().getRequestAttribute(ATTRIBUTE);
        return asked.isPresent() && asked.get() instanceof Level level ? level : Level.ANY;
    }

    private static Map<?, ?> claims(OidcProfile profile) {
        return profile.getAttribute(CLAIMS) instanceof Map<?, ?> claims ? claims : Map.of();
    }

    private static Map<Object, Object> with(OidcProfile profile, String claim, List<?> values) {
        Map<Object, Object> claims = new LinkedHashMap<>(claims(profile));
        claims.put(claim, values);
        return claims;
    }
}
