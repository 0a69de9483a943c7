package io.github.postern.login;

import io.github.postern.telemetry.AuthLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.pac4j.oidc.profile.OidcProfile;

/** Asks the provider for new tokens, and leaves it alone while it is in trouble. */
final class CarefulProvider {
    /** How quickly it answers when nothing is wrong. */
    static final Duration QUICK = Duration.ofSeconds(1);

    private final UnaryOperator<OidcProfile> provider;
    private final InstantSource clock;
    private final DoubleSupplier chance;
    private final AuthLog log;
    private final Outlook answers;
    private final Outlook quick;

    /**
     * @param provider new tokens for a session; throws {@link LoginFailed}
     * @param chance from 0 to 1
     * @param log where it is told what became of a renewal
     */
    CarefulProvider(UnaryOperator<OidcProfile> provider, InstantSource clock, DoubleSupplier chance, AuthLog log) {
        this.provider = provider;
        this.log = log;
        this.clock = clock;
        this.chance = chance;
        this.answers = new Outlook(clock, chance);
        this.quick = new Outlook(clock, chance);
    }

    /** Whether it is worth waiting for. */
    Outlook quick() {
        return quick;
    }

    /** @param pause of earlier attempts with this session */
    Renewal ask(OidcProfile profile, BackOff pause) {
        if (!answers.mayTry()) {
            return Renewal.later(profile, pause.notBefore(answers.until()));
        }
        Instant begun = clock.instant();
        try {
            OidcProfile fresh = provider.apply(profile);
            note(begun, true);
            log.renewed(profile.getId());
            return Renewal.to(fresh, clock.instant());
        } catch (LoginFailed e) {
            note(begun, e.reason() != Reason.PROVIDER_SLOW);
            return failed(profile, pause, e);
        }
    }

    /** For all sessions: whether it answers at all, and whether it is quick about it. */
    private void note(Instant begun, boolean answered) {
        if (answered) {
            answers.succeeded();
        } else {
            answers.failed(begun);
        }
        if (Duration.between(begun, clock.instant()).compareTo(QUICK) < 0) {
            quick.succeeded();
        } else {
            quick.failed(begun);
        }
    }

    private Renewal failed(OidcProfile profile, BackOff pause, LoginFailed failure) {
        boolean outage = failure.reason().isPassing();
        log.renewalFailed(profile.getId(), failure.reason().name(), String.valueOf(failure.getMessage()), !outage);
        return outage ? Renewal.later(profile, longer(pause, failure.retryAfter())) : Renewal.ENDED;
    }

    /** After one more failure with a session. */
    BackOff longer(BackOff pause, Duration asked) {
        return pause.longer(clock.instant(), asked, chance.getAsDouble());
    }
}
