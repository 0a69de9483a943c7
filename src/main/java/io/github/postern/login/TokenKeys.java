package io.github.postern.login;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys as checks see them: a set that the background fetched. A token with a key that is not in it makes the
 * background look again, at a bounded rate; a few requests wait a moment for that, and no other request ever waits.
 */
final class TokenKeys {
    /** With a shared secret, whoever checks could sign. */
    static final Set<JWSAlgorithm> ASYMMETRIC = Stream.of(JWSAlgorithm.Family.RSA, JWSAlgorithm.Family.EC)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN_SOON = Duration.ofSeconds(1);
    private static final Duration ASK_AT_MOST_EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 4;
    private static final JWKSelector ALL = new JWKSelector(new JWKMatcher.Builder().build());

    private final String issuer;
    private final Source source;
    private final ScheduledExecutorService background;
    private final InstantSource clock;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private volatile Known known = new Known(new JWKSet(), Set.of());
    private volatile String trouble = "";
    private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);
    private Instant askNotBefore = Instant.MIN;

    TokenKeys(String issuer, Source source, ScheduledExecutorService background, InstantSource clock) {
        this.issuer = issuer;
        this.source = source;
        this.background = background;
        this.clock = clock;
    }

    /** Where keys come from; called in the background only. */
    interface Source {
        Signing signing() throws IOException;
    }

    /**
     * What an issuer signs with, as last seen.
     *
     * @param keys its public keys
     * @param algorithms those that count
     */
    record Known(JWKSet keys, Set<JWSAlgorithm> algorithms) {
        JWSVerificationKeySelector<SecurityContext> selector() {
            JWKSource<SecurityContext> source =
                    (selector, context) -> new JWKSelector(wanted(selector.getMatcher())).select(keys);
            return new JWSVerificationKeySelector<>(algorithms, source);
        }

        boolean fits(JWSHeader header) {
            return algorithms.contains(header.getAlgorithm())
                    && !new JWKSelector(wanted(JWKMatcher.forJWSHeader(header)))
                            .select(keys)
                            .isEmpty();
        }

        /** Keys from files have no id, so every one of the right kind is tried. */
        private JWKMatcher wanted(JWKMatcher matcher) {
            boolean named = keys.getKeys().stream().anyMatch(key -> key.getKeyID() != null);
            return named ? matcher : new JWKMatcher.Builder(matcher).keyID(null).build();
        }
    }

    /** Begins to look, now and again; returns at once. */
    void start() {
        schedule(Duration.ZERO);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // looking catches and tells what goes wrong
    private void schedule(Duration delay) {
        background.schedule(() -> schedule(look(ALL)), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The keys as last seen. The same object as long as nothing changed. */
    Known known() {
        return known;
    }

    /** The same, after another look if no key fits and there was none lately. */
    Known fitting(JWSHeader header) {
        if (!known.fits(header)) {
            await(ask(new JWKSelector(JWKMatcher.forJWSHeader(header))));
        }
        return known;
    }

    private synchronized CompletableFuture<Void> ask(JWKSelector wanted) {
        Instant now = clock.instant();
        if (asking.isDone() && !now.isBefore(askNotBefore)) {
            askNotBefore = now.plus(known.keys().isEmpty() ? LOOK_AGAIN_SOON : ASK_AT_MOST_EVERY);
            asking = CompletableFuture.runAsync(() -> look(wanted), background);
        }
        return asking;
    }

    private void await(CompletableFuture<Void> look) {
        if (look.isDone() || !waiting.tryAcquire()) {
            return;
        }
        try {
            look.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Nothing is known yet of a new key of {}", issuer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
    }

    /**
     * Asks for the wanted keys, because that makes the source look again where it does not have them.
     *
     * @return when to look next
     */
    private Duration look(JWKSelector wanted) {
        try {
            Signing signing = source.signing();
            signing.keys().get(wanted, null);
            remember(new Known(new JWKSet(signing.keys().get(ALL, null)), trustworthy(signing.algorithms())));
            return LOOK_EVERY;
        } catch (RateLimitReachedException e) {
            return LOOK_EVERY; // it looked a moment ago
        } catch (LoginFailed e) {
            return LOOK_AGAIN_SOON; // the provider is not known yet, and whoever asks it tells so
        } catch (IOException | KeySourceException | RuntimeException e) {
            complain(String.valueOf(e.getMessage()));
            return LOOK_AGAIN_AFTER_FAILURE;
        }
    }

    private void remember(Known seen) {
        if (!seen.equals(known)) {
            known = seen;
        }
        trouble = "";
    }

    private static Set<JWSAlgorithm> trustworthy(Set<JWSAlgorithm> offered) {
        return offered.stream().filter(ASYMMETRIC::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** The same trouble is told once, not at every try. */
    private void complain(String now) {
        if (!now.equals(trouble)) {
            LOG.warn("The keys of {} cannot be had, so those known count: {}. Postern keeps trying.", issuer, now);
        }
        trouble = now;
    }
}
