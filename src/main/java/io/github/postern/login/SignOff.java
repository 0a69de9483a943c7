package io.github.postern.login;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/** Ends sessions, here and at the provider (RP-Initiated Logout 1.0). */
public final class SignOff {
    private static final String KEY = "logout";

    /** Longer addresses get lost on the way; without the hint the provider may ask the user. RP-Initiated Logout 1.0, 2 */
    private static final int LONGEST_QUESTION = 8000;

    private final Visit visit;
    // as AllowedTargets writes the braces, which may not stand in an address
    private static final String ID_TOKEN = "%7Bid_token%7D";

    private final RandomText texts;
    private final BackendLogout backend;

    SignOff(Visit visit, RandomText texts, BackendLogout backend) {
        this.visit = visit;
        this.texts = texts;
        this.backend = backend;
    }

    /** Whether the attempt that a callback answers was a sign-out. */
    static boolean isOne(CallContext ctx) {
        return ctx.sessionStore().get(ctx.webContext(), KEY).isPresent();
    }

    /**
     * The target, with the session's ID token where it wants that; to be called before the session ends. For addresses of the
     * provider only: the token stands for the user, and a link on any page could have it sent to another app.
     *
     * @param target one at the provider
     */
    public String withIdToken(HttpServletRequest request, HttpServletResponse response, String target) {
        var ctx = visit.context(request, response);
        return target.contains(ID_TOKEN) && hasSession(ctx)
                ? target.replace(ID_TOKEN, idToken(ctx).orElse(""))
                : target;
    }

    /** Ends the local session only, and takes away every cookie of ours. */
    public void here(HttpServletRequest request, HttpServletResponse response) {
        end(visit.context(request, response));
    }

    /** The session's end is told while its ID token is still at hand. */
    private void end(CallContext ctx) {
        if (hasSession(ctx)) {
            backend.call(idToken(ctx).orElse(""));
        }
        visit.store().destroySession(ctx.webContext());
    }

    private boolean hasSession(CallContext ctx) {
        return visit.store().getSessionId(ctx.webContext(), false).isPresent();
    }

    private Optional<String> idToken(CallContext ctx) {
        return visit.store()
                .get(ctx.webContext(), OidcProfileDefinition.ID_TOKEN)
                .map(Object::toString);
    }

    /**
     * Ends the local session and names the address at which the provider ends its own (RP-Initiated Logout 1.0, 2).
     *
     * @param returnTo an allowed target for afterwards; empty for the signed-out page
     * @return empty when the provider has no such address or is not known yet
     */
    public Optional<String> everywhere(
            HttpServletRequest request, HttpServletResponse response, Optional<String> returnTo) {
        var ctx = visit.context(request, response);
        var store = visit.store();
        Optional<String> idToken = idToken(ctx);
        end(ctx);
        if (!visit.provider().isKnown() || visit.provider().load().getEndSessionEndpointURI() == null) {
            return Optional.empty();
        }
        String state = texts.next();
        store.set(ctx.webContext(), KEY, KEY);
        returnTo.ifPresent(target -> ReturnTo.save(ctx, target));
        store.set(ctx.webContext(), Login.STATE_KEY, state);
        URI back = visit.redirectUri().apply(request);
        String question = question(idToken, back, state).toURI().toString();
        return Optional.of(
                question.length() <= LONGEST_QUESTION
                        ? question
                        : question(Optional.empty(), back, state).toURI().toString());
    }

    /** The redirect URI serves as return address too, because every provider that let the user in has it listed. */
    private LogoutRequest question(Optional<String> idToken, URI back, String state) {
        URI endpoint = visit.provider().load().getEndSessionEndpointURI();
        var client = new ClientID(visit.settings().clientId());
        return new LogoutRequest(endpoint, hint(idToken), null, client, back, new State(state), null);
    }

    private static @Nullable JWT hint(Optional<String> idToken) {
        try {
            return idToken.isEmpty() ? null : JWTParser.parse(idToken.get());
        } catch (ParseException e) {
            throw new TechnicalException("a kept ID token is not a JWT", e);
        }
    }
}
