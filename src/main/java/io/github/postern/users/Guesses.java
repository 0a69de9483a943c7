package io.github.postern.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How often passwords may be tried: by one address for one name, by one address for all names, and for one name by all
 * addresses. The last would let a stranger lock somebody out, so it does not count where that person has signed in from before.
 */
final class Guesses {
    private static final long MOST_KEPT = 100_000;
    private static final Duration KEPT = Duration.ofHours(2);
    private static final Duration HOME_KEPT = Duration.ofDays(30);
    private static final int IPV6_NETWORK_BITS = 64;

    private final Buckets byPair;
    private final Buckets byClient;
    private final Buckets byName;
    private final Cache<String, Boolean> homes = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterAccess(HOME_KEPT)
            .build();

    /** @param clock now */
    Guesses(TimeMeter clock) {
        byPair = new Buckets(10, Duration.ofSeconds(30), clock);
        byClient = new Buckets(30, Duration.ofSeconds(6), clock);
        byName = new Buckets(100, Duration.ofSeconds(10), clock);
    }

    /**
     * An attempt that is about to be made.
     *
     * @param taken where it was counted; empty if it may not be made
     * @param delay until when it may not
     */
    record Turn(List<Bucket> taken, Duration delay) {
        Turn {
            taken = List.copyOf(taken);
        }

        boolean isGranted() {
            return delay.isZero();
        }

        /** As if it had not been made: it was no guess. Never gives back what others took. */
        void giveBack() {
            taken.forEach(bucket -> bucket.addTokens(1));
        }
    }

    /**
     * Counts an attempt, if it may be made.
     *
     * @param client the address it comes from; where no proxy tells it, only the name's own limit holds, or everybody would share one
     */
    Turn take(String name, Optional<String> client) {
        List<Bucket> taken = new ArrayList<>();
        for (Bucket bucket : buckets(name, client)) {
            var probe = bucket.tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                taken.forEach(other -> other.addTokens(1));
                return new Turn(List.of(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
            taken.add(bucket);
        }
        return new Turn(taken, Duration.ZERO);
    }

    /** How long no attempt may be made; zero if one may be now. Counts nothing. */
    Duration delay(String name, Optional<String> client) {
        for (Bucket bucket : buckets(name, client)) {
            var probe = bucket.estimateAbilityToConsume(1);
            if (!probe.canBeConsumed()) {
                return Duration.ofNanos(probe.getNanosToWaitForRefill());
            }
        }
        return Duration.ZERO;
    }

    /** Somebody signed in from here. */
    void succeeded(String name, Optional<String> client) {
        client.ifPresent(address -> homes.put(pair(name, network(address)), true));
    }

    private List<Bucket> buckets(String name, Optional<String> client) {
        if (client.isEmpty()) {
            return List.of(byName.of(name));
        }
        String network = network(client.get());
        String pair = pair(name, network);
        return homes.getIfPresent(pair) == null
                ? List.of(byPair.of(pair), byClient.of(network), byName.of(name))
                : List.of(byPair.of(pair), byClient.of(network));
    }

    private static String pair(String name, String network) {
        return network + " " + name;
    }

    /** Whoever has one IPv6 address has as many as they like of its network. */
    private static String network(String client) {
        IPAddress address = new IPAddressString(client).getAddress();
        return address != null && address.isIPv6()
                ? address.toPrefixBlock(IPV6_NETWORK_BITS).toCanonicalString()
                : client;
    }

    /** Counters of one kind: so many at once, then one in each interval. */
    private static final class Buckets {
        private final int atOnce;
        private final Duration interval;
        private final TimeMeter clock;
        private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KEPT)
                .expireAfterAccess(KEPT)
                .build();

        Buckets(int atOnce, Duration interval, TimeMeter clock) {
            this.atOnce = atOnce;
            this.interval = interval;
            this.clock = clock;
        }

        Bucket of(String key) {
            return buckets.get(
                    key,
                    none -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(atOnce).refillGreedy(1, interval))
                            .withCustomTimePrecision(clock)
                            .build());
        }
    }
}
