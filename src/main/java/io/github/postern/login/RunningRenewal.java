package io.github.postern.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A renewal under way.
 *
 * @param result what becomes of it
 * @param begun when it was asked for
 */
record RunningRenewal(CompletableFuture<Renewal> result, Instant begun) {
    RunningRenewal(Instant begun) {
        this(new CompletableFuture<>(), begun);
    }

    /**
     * What has become of it, if that is known in time: nobody waits longer than a quick provider takes, only a few wait at all, and
     * while the provider is slow one alone now and then.
     *
     * @param places of those who wait
     */
    Optional<Renewal> await(Instant now, Outlook quick, Semaphore places) {
        Duration left = CarefulProvider.QUICK.minus(Duration.between(begun, now));
        if (result.isDone() || left.isNegative() || !places.tryAcquire()) {
            return Optional.ofNullable(result.getNow(null));
        }
        try {
            return quick.mayTry() ? Optional.of(await(left, quick)) : Optional.empty();
        } catch (TimeoutException e) {
            quick.failed(begun);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    private Renewal await(Duration left, Outlook quick)
            throws InterruptedException, ExecutionException, TimeoutException {
        Renewal renewal = result.get(left.toMillis(), TimeUnit.MILLISECONDS);
        quick.succeeded();
        return renewal;
    }
}
