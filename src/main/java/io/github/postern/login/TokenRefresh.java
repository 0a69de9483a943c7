package io.github.postern.login;

import io.github.postern.telemetry.AuthLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.oidc.profile.OidcProfile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a session's tokens when they are old enough: one call to the provider at a time for each session, by one replica where
 * sessions are kept on the server, and its result is remembered. Only the provider's refusal or a renewed token that fails its
 * checks ends a session (OpenID Connect Core 12.2); an outage does not, and it holds up nobody.
 */
public final class TokenRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenRefresh.class);
    private static final int MOST_WAITING = 16;
    private static final int THREADS = 4;
    private static final int MOST_QUEUED = 1000;

    private final CarefulProvider provider;
    private final SessionTerms terms;
    private final SharedRenewal shared;
    private final Pace pace;
    private final InstantSource clock;
    private final Renewals renewals;
    private final ConcurrentMap<String, RunningRenewal> running = new ConcurrentHashMap<>();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /**
     * @param provider new tokens for a session; throws {@link LoginFailed}
     * @param turns which replica renews
     * @param log where it is told what became of renewals
     */
    TokenRefresh(UnaryOperator<OidcProfile> provider, SessionTerms terms, Turns turns, Pace pace, AuthLog log) {
        this.terms = terms;
        this.pace = pace;
        this.clock = pace.clock();
        this.provider = new CarefulProvider(provider, clock, pace.chance(), log);
        this.shared = new SharedRenewal(turns, terms, clock, pace.sleep());
        this.renewals = new Renewals(clock);
    }

    /**
     * How time passes here.
     *
     * @param clock now
     * @param chance from 0 to 1, so that what failed together is not tried again together
     * @param background where renewals run
     * @param sleep waits between two looks at what another replica does
     */
    record Pace(InstantSource clock, DoubleSupplier chance, ExecutorService background, SharedRenewal.Sleep sleep) {
        /** As it is outside tests. */
        static Pace of(Login.Chance chance) {
            var background = pool(chance.calls()::carried);
            return new Pace(
                    chance.clock(), chance.random()::nextDouble, background, time -> Thread.sleep(time.toMillis()));
        }

        private static ExecutorService pool(UnaryOperator<Runnable> carried) {
            var queue = new ArrayBlockingQueue<Runnable>(MOST_QUEUED);
            ThreadFactory threads = task -> {
                var thread = new Thread(task, "postern-token-refresh");
                thread.setDaemon(true);
                return thread;
            };
            return new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, queue, threads) {
                @Override
                public void execute(Runnable task) {
                    super.execute(carried.apply(task));
                }
            };
        }
    }

    /**
     * The session, renewed where it was due; empty when the provider ended it. Waits a moment for the provider, and only a few
     * requests do: a provider that hangs costs nobody more, and the session goes on as it was.
     *
     * @param profile as the store gave it
     */
    public Optional<OidcProfile> current(CallContext ctx, OidcProfile profile) {
        if (!terms.due(profile, clock.instant())) {
            return Optional.of(profile);
        }
        String session = SessionTerms.sessionId(profile);
        Renewal known = known(session, profile);
        if (isSettled(known)) {
            return known.profile();
        }
        Renewal now = begin(ctx, session, profile)
                .flatMap(renewal -> renewal.await(clock.instant(), provider.quick(), waiting))
                .orElse(known);
        return now.profile().map(now::newest);
    }

    /** What is known here, or what the browser or the store has if that is newer. */
    private Renewal known(String session, OidcProfile profile) {
        Optional<Renewal> last = renewals.of(session);
        if (last.isEmpty()) {
            return Renewal.later(profile, BackOff.NONE);
        }
        Renewal renewal = last.get();
        boolean outdated = renewal.profile().isPresent()
                && SessionTerms.isNewer(profile, renewal.profile().get());
        return outdated ? Renewal.later(profile, BackOff.NONE) : renewal;
    }

    /** Whether there is nothing to do now: ended, renewed lately, or tried in vain a moment ago. */
    private boolean isSettled(Renewal known) {
        Instant now = clock.instant();
        return known.profile().isEmpty()
                || !known.pause().isOver(now)
                || (known.saved() && !terms.due(known.profile().get(), now));
    }

    /** The renewal that runs for this session, if there is room for one. A refused one must not stay among those that run. */
    private Optional<RunningRenewal> begin(CallContext ctx, String session, OidcProfile profile) {
        RunningRenewal already = running.get(session);
        if (already != null) {
            return Optional.of(already);
        }
        try {
            // from here on nothing may touch the request: it may be over, and another's, before the renewal is
            Optional<SessionStore> kept = kept(ctx);
            var mine = new RunningRenewal(clock.instant());
            RunningRenewal others = running.putIfAbsent(session, mine);
            return Optional.of(others == null ? start(mine, session, kept, profile) : others);
        } catch (RejectedExecutionException | TechnicalException e) {
            return Optional.empty();
        }
    }

    private RunningRenewal start(
            RunningRenewal mine, String session, Optional<SessionStore> kept, OidcProfile profile) {
        try {
            pace.background().execute(() -> mine.result().complete(once(session, kept, profile)));
            return mine;
        } catch (RejectedExecutionException e) {
            running.remove(session, mine);
            throw e;
        }
    }

    /** The session by itself, where it is kept on the server. */
    private static Optional<SessionStore> kept(CallContext ctx) {
        SessionStore store = ctx.sessionStore();
        return store.getTrackableSession(ctx.webContext())
                .flatMap(session -> store.buildFromTrackableSession(ctx.webContext(), session));
    }

    /** Runs for one request of the session at a time. */
    private Renewal once(String session, Optional<SessionStore> kept, OidcProfile profile) {
        // whoever ran before us may have finished since we looked: its refresh token must not be spent twice
        Renewal known = known(session, profile);
        try {
            Renewal renewal = isSettled(known) ? known : renew(kept, known);
            renewals.keep(session, profile, renewal);
            return renewal;
        } catch (RuntimeException e) {
            LOG.error("Renewing tokens failed", e);
            Renewal renewal =
                    Renewal.later(known.profile().orElse(profile), provider.longer(known.pause(), Duration.ZERO));
            renewals.keep(session, profile, renewal);
            return renewal;
        } finally {
            running.remove(session);
        }
    }

    private Renewal renew(Optional<SessionStore> kept, Renewal known) {
        OidcProfile newest = known.profile().orElseThrow();
        if (kept.isEmpty()) {
            return provider.ask(newest, known.pause());
        }
        try {
            var session = new SharedRenewal.Known(newest, known.pause());
            return shared.of(kept.get(), session, stored -> provider.ask(stored, known.pause()));
        } catch (TechnicalException e) { // whoever keeps the sessions tells the operator
            return new Renewal(known.profile(), provider.longer(known.pause(), Duration.ZERO), known.saved());
        }
    }

    /** Whether the browser's session is older than what is known here, so that it should get the newer one, or the cookie's new end. */
    public boolean isNewer(OidcProfile current, OidcProfile asSent) {
        return SessionTerms.isNewer(current, asSent);
    }

    @Override
    public void close() {
        pace.background().shutdownNow();
    }
}
