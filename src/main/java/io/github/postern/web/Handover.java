package io.github.postern.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.postern.gate.Offered;
import io.github.postern.gate.SessionMechanism;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a new session cookie to a browser whose proxy drops it from the answers that let requests pass: the page is redirected to
 * itself, once, and that answer the proxy passes on. A browser that keeps no cookies is redirected once for each renewal and not
 * more than once a minute, so it cannot go round in circles.
 */
public final class Handover {
    private static final int MOST = 100_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(12);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofSeconds(60);

    private final InstantSource clock;
    private final Cache<String, Offer> offers;

    /**
     * What a browser was offered.
     *
     * @param version of the session in the cookie
     * @param first when it was offered something that it has not sent back yet
     * @param redirectedFor the version that it was redirected for last
     * @param redirected when that was
     */
    private record Offer(String version, Instant first, String redirectedFor, Instant redirected) {
        boolean isDue(String offered, Instant now) {
            return !redirectedFor.equals(offered)
                    && now.isAfter(first.plus(PATIENCE))
                    && (redirected.equals(Instant.MIN) || now.isAfter(redirected.plus(BETWEEN)));
        }
    }

    /** @param clock now */
    public Handover(InstantSource clock) {
        this.clock = clock;
        this.offers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(FORGOTTEN_AFTER)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /**
     * Whether the answer to this request should be a redirect to itself. The first answer with a new cookie never is: the proxy may
     * pass it on.
     *
     * @param mayRedirect whether a browser opens a page and the redirect would reach it
     */
    boolean isDue(HttpServletRequest request, Redirectable mayRedirect) {
        return Optional.ofNullable(request.getAttribute(SessionMechanism.OFFERED))
                .filter(Offered.class::isInstance)
                .map(Offered.class::cast)
                .filter(offered -> isDue(offered, mayRedirect))
                .isPresent();
    }

    /** Looked at only where it matters. */
    interface Redirectable {
        boolean isSo();
    }

    private boolean isDue(Offered offered, Redirectable mayRedirect) {
        Offer known = offers.getIfPresent(offered.session());
        Instant now = clock.instant();
        if (known == null || isDelivered(offered, known)) {
            offers.put(offered.session(), first(offered, known, now));
            return false;
        }
        if (!known.isDue(offered.version(), now) || !mayRedirect.isSo()) {
            return false;
        }
        var redirect = new Offer(offered.version(), known.first(), offered.version(), now);
        // of requests that come together, one is redirected
        return offers.asMap().replace(offered.session(), known, redirect);
    }

    private static Offer first(Offered offered, @Nullable Offer before, Instant now) {
        return before == null
                ? new Offer(offered.version(), now, "", Instant.MIN)
                : new Offer(offered.version(), now, before.redirectedFor(), before.redirected());
    }

    /** Whether the browser has the cookie that was offered before, so that this offer is another. */
    private static boolean isDelivered(Offered offered, Offer known) {
        return offered.sent().equals(offered.version())
                ? !offered.version().equals(known.version())
                : offered.sent().equals(known.version());
    }
}
