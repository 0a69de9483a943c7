package io.github.postern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pac4j.core.exception.TechnicalException;

final class RecentRecordsTest {
    private final Ticket ticket = Ticket.of("session", new SecureRandom());
    private final AtomicLong millis = new AtomicLong(1_000);
    private final AtomicInteger reads = new AtomicInteger();
    private final RecentRecords records = new RecentRecords(() -> TimeUnit.MILLISECONDS.toNanos(millis.get()));

    @ParameterizedTest
    @CsvSource({"0, 799, 1", "0, 800, 2", "500, 299, 1", "500, 300, 2"})
    void remembersForLessThanASecondSinceItAsked(long answerTook, long later, int expected) {
        records.get(ticket, () -> {
            millis.addAndGet(answerTook);
            return read();
        });
        millis.addAndGet(later);
        assertThat(records.get(ticket, this::read)).hasValue(new byte[] {7});
        assertThat(reads).hasValue(expected);
    }

    @Test
    void remembersThatThereIsNone() {
        assertThat(records.get(ticket, Optional::empty)).isEmpty();
        assertThat(records.get(ticket, this::read)).isEmpty();
    }

    @Test
    void forgetsAtOnce() {
        records.get(ticket, this::read);
        records.forget(ticket.id());
        assertThat(records.get(ticket, Optional::empty)).isEmpty();
    }

    @Test
    void doesNotRememberWhatEndedWhileItWasRead() {
        records.get(ticket, () -> {
            records.forget(ticket.id());
            return read();
        });
        assertThat(records.get(ticket, Optional::empty)).isEmpty();
    }

    @Test
    void showsNothingToATicketWithAnotherSecret() {
        records.get(ticket, this::read);
        assertThat(records.get(Ticket.of("session", new SecureRandom()), Optional::empty))
                .isEmpty();
    }

    @Test
    void doesNotRememberAFailure() {
        assertThatThrownBy(() -> records.get(ticket, () -> {
                    throw new TechnicalException("away");
                }))
                .hasMessage("away");
        assertThat(records.get(ticket, this::read)).isPresent();
    }

    @Test
    void readsOnceHoweverManyAsk() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(20);
        try {
            var first = threads.submit(() -> records.get(ticket, () -> {
                begun.countDown();
                return await(go) ? read() : Optional.empty();
            }));
            begun.await();
            List<Future<Optional<byte[]>>> others = IntStream.range(0, 19)
                    .mapToObj(number -> threads.submit(() -> records.get(ticket, this::read)))
                    .toList();
            go.countDown();
            assertThat(first.get()).isPresent();
            for (var other : others) {
                assertThat(other.get()).isPresent();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(reads).hasValue(1);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<byte[]> read() {
        reads.incrementAndGet();
        return Optional.of(new byte[] {7});
    }
}
