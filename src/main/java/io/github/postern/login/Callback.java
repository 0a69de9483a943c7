package io.github.postern.login;

import io.github.postern.forwarded.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.exceptions.OidcException;
import org.pac4j.oidc.profile.OidcProfile;

/** The way back from the identity provider, after a login and after a sign-out. */
public final class Callback {
    private final Visit visit;
    private final Attempts attempts;
    private final SessionTerms terms;
    private final RandomText texts;
    private final InstantSource clock;

    Callback(Visit visit, Attempts attempts, SessionTerms terms, RandomText texts, InstantSource clock) {
        this.visit = visit;
        this.attempts = attempts;
        this.terms = terms;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * What a visit to the provider ended in.
     *
     * @param profile who signed in; empty after a sign-out
     * @param returnTo where the user was going; empty for the signed-out page
     */
    public record Completed(Optional<OidcProfile> profile, Optional<String> returnTo) {}

    /**
     * Ends an attempt: checks the answer, exchanges the code, writes the session.
     *
     * @throws LoginFailed for any reason but success
     */
    public Completed complete(HttpServletRequest request, HttpServletResponse response) {
        QueryString answer = AuthorizationAnswer.read(request);
        var ctx = visit.context(request, response);
        String state = knownState(ctx, answer);
        if (SignOff.isOne(ctx)) {
            end(ctx);
            return new Completed(Optional.empty(), ReturnTo.saved(ctx));
        }
        refuseOtherIssuer(answer);
        refuseError(ctx, answer);
        OidcProfile profile = exchange(ctx, state);
        String returnTo = ReturnTo.restore(ctx);
        AskedLevel.keep(ctx, profile);
        terms.apply(profile, texts.next(), clock.instant(), clock);
        save(ctx, profile);
        return new Completed(Optional.of(profile), Optional.of(returnTo));
    }

    /** Where the attempt that this callback answers was to end, if it is known. */
    public Optional<String> target(HttpServletRequest request, HttpServletResponse response) {
        return ReturnTo.saved(visit.context(request, response));
    }

    /** Nothing else of the answer is looked at before its {@code state} proved to be this browser's. RFC 6749, 10.12 */
    private String knownState(CallContext ctx, QueryString answer) {
        String state = answer.first("state").orElse("");
        if (answer.repeats()) {
            throw new LoginFailed(Reason.BAD_RESPONSE, "a parameter of the callback occurs twice");
        }
        if (attempts.redeemed(state)) {
            throw new LoginFailed(Reason.USED_ATTEMPT, "the callback's state was redeemed already");
        }
        boolean kept = ctx.sessionStore()
                .get(ctx.webContext(), Login.STATE_KEY)
                .filter(state::equals)
                .isPresent();
        if (state.isEmpty() || !kept) {
            throw new LoginFailed(Reason.UNKNOWN_ATTEMPT, "the callback's state names no attempt of this browser");
        }
        return state;
    }

    /** A provider that the user was lured to must not answer in the name of ours. RFC 9207, 2.4 */
    private void refuseOtherIssuer(QueryString answer) {
        if (visit.settings().idTokens().anyIssuer()
                && visit.settings().addresses().given().isPresent()) {
            return; // the operator knows no issuer to compare with, and the provider was not asked for one
        }
        var provider = visit.provider().load();
        boolean promised = provider.supportsAuthorizationResponseIssuerParam();
        String ours = provider.getIssuer().getValue();
        Optional<String> issuer = answer.first("iss");
        if (issuer.isEmpty() ? promised : !issuer.get().equals(ours)) {
            throw new LoginFailed(
                    Reason.BAD_RESPONSE, "the callback's iss is " + issuer.orElse("missing") + ", not " + ours);
        }
    }

    private static void refuseError(CallContext ctx, QueryString answer) {
        answer.first("error").ifPresent(error -> {
            end(ctx);
            throw LoginFailed.byProvider(
                    error, answer.first("error_description").orElse(""));
        });
        if (answer.first("code").filter(code -> !code.isBlank()).isEmpty()) {
            throw new LoginFailed(Reason.BAD_RESPONSE, "the callback has no code");
        }
    }

    private OidcProfile exchange(CallContext ctx, String state) {
        var client = visit.client();
        try {
            Credentials response = client.getCredentials(ctx)
                    .orElseThrow(() -> new LoginFailed(Reason.BAD_RESPONSE, "the callback holds no credentials"));
            if (!attempts.claim(state)) {
                throw new LoginFailed(Reason.USED_ATTEMPT, "the callback was sent twice");
            }
            end(ctx);
            return client.validateCredentials(ctx, response)
                    .flatMap(tokens -> client.getUserProfile(ctx, tokens))
                    .map(OidcProfile.class::cast)
                    .orElseThrow(() -> new LoginFailed(Reason.TOKEN_INVALID, "no profile came of the tokens"));
        } catch (OidcException e) {
            throw new LoginFailed(Reason.BAD_RESPONSE, String.valueOf(e.getMessage()), e);
        }
    }

    private void save(CallContext ctx, OidcProfile profile) {
        try {
            visit.store().set(ctx.webContext(), Pac4jConstants.USER_PROFILES, Map.of(ProviderClient.NAME, profile));
        } catch (IllegalArgumentException e) {
            throw new LoginFailed(Reason.SESSION_TOO_LARGE, String.valueOf(e.getMessage()), e);
        } catch (TechnicalException e) {
            throw new LoginFailed(Reason.STORE_AWAY, String.valueOf(e.getMessage()), e);
        }
    }

    private static void end(CallContext ctx) {
        ctx.sessionStore().set(ctx.webContext(), Login.STATE_KEY, null);
    }
}
