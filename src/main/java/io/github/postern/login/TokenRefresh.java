package io.github.postern.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
public final class TokenRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenRefresh.class);
    private static final Duration PAUSE_AFTER_OUTAGE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 16;
    private static final int THREADS = 4;
    private static final int MOST_QUEUED = 1000;
    private static final int MOST_SESSIONS = 10_000;
    private final OidcClient client;
    private final SessionTerms terms;
    private final AccessTokenCheck check;
    private final InstantSource clock;
    private final ConcurrentMap<String, CompletableFuture<Renewal>> running = new ConcurrentHashMap<>();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final ExecutorService background = new ThreadPoolExecutor(
            THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_QUEUED), task -> {
                var thread = new Thread(task, "postern-token-refresh");
                thread.setDaemon(true);
                return thread;
            });
    private final Cache<String, Renewal> renewed = Caffeine.newBuilder()
            .maximumSize(MOST_SESSIONS)
            .expireAfterWrite(Duration.ofHours(12))
            .build();

    TokenRefresh(OidcClient client, SessionTerms terms, AccessTokenCheck check, InstantSource clock) {
        this.client = client;
        this.terms = terms;
        this.check = check;
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
     * The session, renewed where it was due; empty when the provider ended it. Waits a moment for the provider, and only a few
     * requests do: a provider that hangs costs nobody more, and the session goes on as it was.
     *
     * @param profile as the store gave it
     */
    public Optional<OidcProfile> current(CallContext ctx, OidcProfile profile) {
        if (!terms.due(profile, clock)) {
            return Optional.of(profile);
        }
        String session = SessionTerms.sessionId(profile);
        Renewal last = renewed.getIfPresent(session);
        OidcProfile newest = newest(last, profile);
        if (last != null && isSettled(last, newest)) {
            return last.profile();
        }
        return begin(ctx, session, profile)
                .flatMap(this::await)
                .orElse(unchanged(newest))
                .profile();
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

    /** The renewal that runs for this session, if there is room for one. A refused one must not stay among those that run. */
    private Optional<CompletableFuture<Renewal>> begin(CallContext ctx, String session, OidcProfile profile) {
        try {
            return Optional.of(running.computeIfAbsent(
                    session, id -> CompletableFuture.supplyAsync(() -> once(ctx, id, profile), background)));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    /** Runs for one request of the session at a time. */
    private Renewal once(CallContext ctx, String session, OidcProfile profile) {
        try {
            // whoever ran before us may have finished since we looked: its refresh token must not be spent twice
            Renewal last = renewed.getIfPresent(session);
            OidcProfile newest = newest(last, profile);
            Renewal renewal = last != null && isSettled(last, newest) ? last : renew(ctx, newest);
            renewed.put(session, renewal);
            return renewal;
        } catch (RuntimeException e) {
            LOG.error("Renewing tokens failed", e);
            return unchanged(profile);
        } finally {
            running.remove(session);
        }
    }

    private Optional<Renewal> await(CompletableFuture<Renewal> renewal) {
        if (!waiting.tryAcquire()) {
            return Optional.ofNullable(renewal.getNow(null));
        }
        try {
            return Optional.of(renewal.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.release();
        }
    }

    private Renewal unchanged(OidcProfile profile) {
        return new Renewal(Optional.of(profile), clock.instant().plus(PAUSE_AFTER_OUTAGE));
    }

    private Renewal renew(CallContext ctx, OidcProfile profile) {
        try {
            return new Renewal(client.renewUserProfile(ctx, profile).map(fresh -> accept(profile, fresh)), Instant.MIN);
        } catch (LoginFailed e) {
            return failed(profile, e);
        }
    }

    private Renewal failed(OidcProfile profile, LoginFailed failure) {
        boolean outage = failure.reason().isPassing();
        LOG.warn(
                "{} tokens of sub={}: {}",
                outage ? "Cannot renew the" : "The session ends; no new",
                profile.getId(),
                failure.getMessage());
        return outage ? unchanged(profile) : new Renewal(Optional.empty(), Instant.MIN);
    }

    private OidcProfile accept(OidcProfile old, UserProfile renewedProfile) {
        var fresh = (OidcProfile) renewedProfile;
        check.require(fresh.getAttribute(OidcProfileDefinition.ACCESS_TOKEN));
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
        AskedLevel.carryOver(old, fresh);
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

    @Override
    public void close() {
        background.shutdownNow();
    }
}
