package io.github.postern.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.pac4j.core.exception.TechnicalException;

/**
 * Records as they were less than a second ago, counted from before they were asked for: what another replica ends is over
 * here within that time, what this one ends at once. However many ask for one record at a time, it is read once.
 */
final class RecentRecords {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final int OVERHEAD_BYTES = 200;
    private static final long PATIENCE_SECONDS = 3;
    private final Cache<String, Recent> recent = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((String id, Recent record) -> OVERHEAD_BYTES + record.length())
            .expireAfterWrite(Duration.ofNanos(FRESH_NANOS))
            .build();
    private final ConcurrentMap<Ticket, CompletableFuture<Optional<byte[]>>> running = new ConcurrentHashMap<>();
    private final AtomicLong endings = new AtomicLong();
    private final LongSupplier nanos;

    /** @param nanos a clock that only goes forward */
    RecentRecords(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param ticket what opened the record: nobody else's ticket does
     * @param value the record, opened; empty when there is none
     */
    private record Recent(Ticket ticket, Optional<byte[]> value, long askedAt) {
        int length() {
            return value.map(bytes -> bytes.length).orElse(0);
        }
    }

    /**
     * The record, from memory or as {@code reader} has it.
     *
     * @throws TechnicalException when the reader threw it
     */
    Optional<byte[]> get(Ticket ticket, Supplier<Optional<byte[]>> reader) {
        Recent known = recent.getIfPresent(ticket.id());
        if (known != null && known.ticket().equals(ticket) && nanos.getAsLong() - known.askedAt() < FRESH_NANOS) {
            return known.value();
        }
        var ours = new CompletableFuture<Optional<byte[]>>();
        CompletableFuture<Optional<byte[]>> theirs = running.putIfAbsent(ticket, ours);
        return theirs == null ? read(ticket, reader, ours) : await(theirs);
    }

    private Optional<byte[]> read(
            Ticket ticket, Supplier<Optional<byte[]>> reader, CompletableFuture<Optional<byte[]>> answer) {
        long askedAt = nanos.getAsLong();
        long endingsBefore = endings.get();
        try {
            Optional<byte[]> value = reader.get();
            recent.put(ticket.id(), new Recent(ticket, value, askedAt));
            if (endings.get() != endingsBefore) {
                recent.invalidate(ticket.id()); // it may have ended while it was read
            }
            answer.complete(value);
            return value;
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(ticket, answer);
        }
    }

    private static Optional<byte[]> await(CompletableFuture<Optional<byte[]>> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new TechnicalException("the session could not be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TechnicalException("interrupted while a session was read");
        }
    }

    /** The record has changed or is gone. */
    void forget(String id) {
        endings.incrementAndGet();
        recent.invalidate(id);
    }
}
