package io.github.postern.login;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews sessions that several replicas share: one replica at a time renews, and the others take what it has renewed, because
 * a refresh token may be good for one use (RFC 9700, 4.14.2).
 */
final class SharedRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRenewal.class);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 10;

    private final Turns turns;
    private final SessionTerms terms;
    private final InstantSource clock;
    private final Sleep sleep;

    /** Lets time pass. */
    interface Sleep {
        void sleep(Duration time) throws InterruptedException;
    }

    SharedRenewal(Turns turns, SessionTerms terms, InstantSource clock, Sleep sleep) {
        this.turns = turns;
        this.terms = terms;
        this.clock = clock;
        this.sleep = sleep;
    }

    /**
     * What becomes of the session.
     *
     * @param kept where it is kept, whatever has become of the request it came with
     * @param known as it is known here: newer than what is kept, if that could not be saved
     * @param provider asks the provider for new tokens
     * @throws TechnicalException when what keeps sessions cannot be reached
     */
    Renewal of(SessionStore kept, Known known, Function<OidcProfile, Renewal> provider) {
        Optional<Runnable> turn = turns.take(SessionTerms.sessionId(known.profile()));
        if (turn.isEmpty()) {
            return lookAgain(kept, known);
        }
        try {
            return renew(kept, known, provider);
        } finally {
            turn.get().run();
        }
    }

    /**
     * A session as it is known here.
     *
     * @param pause of earlier attempts
     */
    record Known(OidcProfile profile, BackOff pause) {}

    private Renewal renew(SessionStore kept, Known known, Function<OidcProfile, Renewal> provider) {
        Optional<OidcProfile> stored = read(kept);
        if (stored.isEmpty()) {
            return Renewal.ENDED;
        }
        boolean unsaved = SessionTerms.isNewer(known.profile(), stored.get());
        OidcProfile newest = unsaved ? known.profile() : stored.get();
        if (!terms.due(newest, clock.instant())) {
            Renewal renewal = Renewal.to(newest, clock.instant());
            return unsaved ? saved(kept, renewal) : renewal;
        }
        Renewal renewal = provider.apply(newest);
        if (renewal.profile().isEmpty()) {
            return unlessRenewedBy(kept, newest).orElse(renewal);
        }
        boolean changed = SessionTerms.isNewer(renewal.profile().get(), stored.get());
        return changed ? saved(kept, renewal) : renewal;
    }

    /** The refusal counts only if nobody else has the tokens that followed. */
    private Optional<Renewal> unlessRenewedBy(SessionStore kept, OidcProfile refused) {
        return read(kept)
                .filter(stored -> !Objects.equals(stored.getRefreshToken(), refused.getRefreshToken()))
                .map(stored -> Renewal.to(stored, clock.instant()));
    }

    /** Another replica is at it. */
    private Renewal lookAgain(SessionStore kept, Known known) {
        try {
            for (int i = 0; i < STEPS; i++) {
                sleep.sleep(STEP);
                Optional<OidcProfile> stored = read(kept);
                if (stored.isEmpty()) {
                    return Renewal.ENDED;
                }
                if (!terms.due(stored.get(), clock.instant())) {
                    return Renewal.to(stored.get(), clock.instant());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Renewal.later(
                known.profile(), known.pause().notBefore(clock.instant().plus(BackOff.SHORTEST)));
    }

    private static Optional<OidcProfile> read(SessionStore kept) {
        return kept.get(NoRequest.CONTEXT, Pac4jConstants.USER_PROFILES)
                .filter(Map.class::isInstance)
                .flatMap(profiles -> ((Map<?, ?>) profiles).values().stream().findFirst())
                .filter(OidcProfile.class::isInstance)
                .map(OidcProfile.class::cast);
    }

    /** What cannot be saved now is kept in mind and saved later: the tokens it replaces may be spent. */
    private static Renewal saved(SessionStore kept, Renewal renewal) {
        try {
            Map<String, OidcProfile> profiles =
                    Map.of(ProviderClient.NAME, renewal.profile().orElseThrow());
            kept.set(NoRequest.CONTEXT, Pac4jConstants.USER_PROFILES, profiles);
            return renewal;
        } catch (TechnicalException | IllegalArgumentException e) {
            LOG.warn("Renewed tokens are not saved yet: {}", e.getMessage());
            return renewal.unsaved();
        }
    }
}
