package io.github.postern.login;

import java.time.InstantSource;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/** Exchanges a session's refresh token for new tokens, and checks that those are the same user's (OpenID Connect Core 12.2). */
final class ProviderRenewal {
    private final OidcClient client;
    private final CallContext noRequest;
    private final SessionTerms terms;
    private final AccessTokenCheck check;
    private final InstantSource clock;

    ProviderRenewal(Visit visit, SessionTerms terms, AccessTokenCheck check, InstantSource clock) {
        this.client = visit.client();
        this.noRequest = new CallContext(NoRequest.CONTEXT, visit.store());
        this.terms = terms;
        this.check = check;
        this.clock = clock;
    }

    /**
     * The session with new tokens, and with what the provider says of the user now.
     *
     * @throws LoginFailed when there are none; its reason says whether there may be later
     */
    OidcProfile renew(OidcProfile old) {
        UserProfile renewed = client.renewUserProfile(noRequest, old)
                .orElseThrow(() -> new LoginFailed(Reason.PROVIDER_BROKEN, "the provider gave no access token"));
        return accept(old, (OidcProfile) renewed);
    }

    private OidcProfile accept(OidcProfile old, OidcProfile fresh) {
        check.require(fresh.getAttribute(OidcProfileDefinition.ACCESS_TOKEN));
        if (fresh.getId() == null) {
            keepIdentity(old, fresh);
        }
        if (!old.getId().equals(fresh.getId())) {
            throw new LoginFailed(Reason.TOKEN_INVALID, "the renewed ID token is about another sub");
        }
        TokenFacts.hold(old, fresh);
        if (fresh.getAttribute(OidcProfileDefinition.REFRESH_TOKEN) == null) {
            fresh.setRefreshToken(old.getRefreshToken());
        }
        AskedLevel.carryOver(old, fresh);
        if (!terms.keepIdToken()) {
            // The one of the sign-in stays good as a hint, and a renewal sets one cookie. RP-Initiated Logout 1.0, 2
            fresh.removeAttribute(OidcProfileDefinition.ID_TOKEN);
        }
        terms.apply(fresh, SessionTerms.sessionId(old), SessionTerms.signedInAt(old), clock);
        return fresh;
    }

    /** The provider said nothing of the user this time. */
    private static void keepIdentity(OidcProfile old, OidcProfile fresh) {
        fresh.setId(old.getId());
        old.getAttributes().forEach((name, value) -> {
            if (fresh.getAttribute(name) == null) {
                fresh.addAttribute(name, value);
            }
        });
    }
}
