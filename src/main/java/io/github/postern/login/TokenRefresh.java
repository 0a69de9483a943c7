package io.github.postern.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a session's tokens when they are old enough: one call to the provider at a time for each session, whose result
 * is remembered, so that the browser's old cookie goes on working until it has the new one. Only the provider's refusal
 * or a renewed token that fails its checks ends a session (OpenID Connect Core 12.2); an outage does not.
 */
public final class TokenRefresh {
    private static final Logger LOG = LoggerFactory.getLogger(TokenRefresh.class);
    private static final Duration PAUSE_AFTER_OUTAGE = Duration.ofSeconds(5);
    private static final int MOST_SESSIONS = 10_000;
    private final OidcClient client;
    private final SessionTerms terms;
    private final InstantSource clock;
    private final ConcurrentMap<String, CompletableFuture<Renewal>> running = new ConcurrentHashMap<>();
    private final Cache<String, Renewal> renewed = Caffeine.newBuilder()
            .maximumSize(MOST_SESSIONS)
            .expireAfterWrite(Duration.ofHours(12))
            .build();

    TokenRefresh(OidcClient client, SessionTerms terms, InstantSource clock) {
        this.client = client;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * What became of a renewal.
     *
     * @param profile the session from now on; empty when it has ended
     * @param retryAt when to try again, after an outage
     */
    private record Renewal(Optional<OidcProfile> profile, Instant retryAt) {}

    /**
     * The session, renewed where it was due; empty when the provider ended it.
     *
     * @param profile as the store gave it
     */
    public Optional<OidcProfile> current(CallContext ctx, OidcProfile profile) {
        if (!terms.due(profile, clock)) {
            return Optional.of(profile);
        }
        String session = SessionTerms.sessionId(profile);
        Renewal last = renewed.getIfPresent(session);
        return last != null && isSettled(last, newest(last, profile))
                ? last.profile()
                : once(ctx, session, profile).profile();
    }

    private static OidcProfile newest(@Nullable Renewal last, OidcProfile profile) {
        return last == null ? profile : last.profile().orElse(profile);
    }

    /** Whether there is nothing to do now: ended, renewed lately, or the provider was asked in vain a moment ago. */
    private boolean isSettled(Renewal last, OidcProfile newest) {
        return last.profile().isEmpty()
                || !terms.due(newest, clock)
                || clock.instant().isBefore(last.retryAt());
    }

    private Renewal once(CallContext ctx, String session, OidcProfile profile) {
        var mine = new CompletableFuture<Renewal>();
        CompletableFuture<Renewal> theirs = running.putIfAbsent(session, mine);
        if (theirs != null) {
            return theirs.join();
        }
        Renewal renewal = new Renewal(Optional.of(profile), clock.instant().plus(PAUSE_AFTER_OUTAGE));
        try {
            // whoever ran before us may have finished since we looked: its refresh token must not be spent twice
            Renewal last = renewed.getIfPresent(session);
            OidcProfile newest = newest(last, profile);
            renewal = last != null && isSettled(last, newest) ? last : renew(ctx, newest);
            renewed.put(session, renewal);
        } finally {
            mine.complete(renewal);
            running.remove(session, mine);
        }
        return renewal;
    }

    private Renewal renew(CallContext ctx, OidcProfile profile) {
        try {
            return new Renewal(client.renewUserProfile(ctx, profile).map(fresh -> accept(profile, fresh)), Instant.MIN);
        } catch (LoginFailed e) {
            return failed(profile, e);
        }
    }

    private Renewal failed(OidcProfile profile, LoginFailed failure) {
        boolean outage = switch (failure.reason()) {
            case PROVIDER_BROKEN, PROVIDER_SLOW, PROVIDER_ERROR, NOT_READY, CLIENT_REFUSED -> true;
            default -> false;
        };
        LOG.warn(
                "{} tokens of sub={}: {}",
                outage ? "Cannot renew the" : "The session ends; no new",
                profile.getId(),
                failure.getMessage());
        return outage
                ? new Renewal(Optional.of(profile), clock.instant().plus(PAUSE_AFTER_OUTAGE))
                : new Renewal(Optional.empty(), Instant.MIN);
    }

    private OidcProfile accept(OidcProfile old, UserProfile renewedProfile) {
        var fresh = (OidcProfile) renewedProfile;
        if (fresh.getId() == null) {
            fresh.setId(old.getId());
            old.getAttributes().forEach((name, value) -> {
                if (fresh.getAttribute(name) == null) {
                    fresh.addAttribute(name, value);
                }
            });
        }
        if (!old.getId().equals(fresh.getId())) {
            throw new LoginFailed(Reason.TOKEN_INVALID, "the renewed ID token is about another sub");
        }
        if (fresh.getAttribute(OidcProfileDefinition.REFRESH_TOKEN) == null) {
            fresh.setRefreshToken(old.getRefreshToken());
        }
        if (!terms.keepIdToken()) {
            // The one of the sign-in stays good as a hint, and a renewal sets one cookie. RP-Initiated Logout 1.0, 2
            fresh.removeAttribute(OidcProfileDefinition.ID_TOKEN);
        }
        terms.apply(fresh, SessionTerms.sessionId(old), SessionTerms.signedInAt(old), clock);
        return fresh;
    }

    /** Whether the browser's session is older than what is known here, so that it should get the newer one. */
    public boolean isNewer(OidcProfile current, OidcProfile asSent) {
        return SessionTerms.renewedAt(current).isAfter(SessionTerms.renewedAt(asSent));
    }
}
