package io.github.postern.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines reach the output whole, in order, and all of them, or it is told how many did not. */
@Timeout(20)
final class LineWriterTest {
    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final int PLENTY = 1 << 20;

    @Test
    void manyThreadsLoseNoLineAndEachKeepsItsOrder() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, limits(4000, MOMENT, NEVER)); // 80 lines: threads wait for room
        var threads = IntStream.range(0, 8)
                .mapToObj(name -> new Thread(() -> IntStream.range(0, 1000)
                        .forEach(
                                number -> writer.write(line(name + " " + number + " ".repeat(40)), number % 100 != 0))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        writer.close();
        for (int name = 0; name < 8; name++) {
            String begin = name + " ";
            assertThat(output.lines().filter(line -> line.startsWith(begin)).map(String::strip))
                    .containsExactlyElementsOf(IntStream.range(0, 1000)
                            .mapToObj(number -> begin + number)
                            .toList());
        }
        assertThat(output.lines()).hasSize(8000);
    }

    @Test
    void linesThatMayWaitAreOneWrite() {
        var output = new Output();
        var writer = writer(output, limits(PLENTY, NEVER, NEVER));
        writer.write(line("first"), false);
        int writes = output.writes().size();
        IntStream.range(0, 50).forEach(number -> writer.write(line("line " + number), true));
        assertThat(output.writes()).hasSize(writes);
        writer.write(line("last"), false);
        assertThat(output.writes()).hasSize(writes + 1);
        assertThat(output.lines()).hasSize(52).startsWith("first", "line 0").endsWith("line 49", "last");
    }

    @Test
    void aLineThatMayWaitWaitsForNoOther() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, limits(PLENTY, MOMENT, NEVER));
        for (String text : List.of("one", "two")) {
            writer.write(line(text), true);
            output.await(text);
        }
    }

    @Test
    void anOutputThatTakesNothingHoldsUpNobodyForLong() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, limits(100, MOMENT, Duration.ofMillis(100)));
        output.block();
        var begin = Instant.now();
        IntStream.range(0, 1000).forEach(number -> writer.write(line("line " + number), number % 2 == 0));
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
        output.flow();
        output.await("lost ");
        int lost = output.lost();
        assertThat(output.lines().filter(line -> line.startsWith("line"))).hasSize(1000 - lost);
        assertThat(lost).isGreaterThan(900);
        assertThat(writer.lost()).isEqualTo(lost);
        writer.write(line("after"), false);
        assertThat(output.lines()).endsWith("lost " + lost, "after");
    }

    @Test
    void whoHasALineWaitsForRoomWhileTheOutputMoves() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, limits(100, MOMENT, NEVER));
        output.block();
        var all =
                new Thread(() -> IntStream.range(0, 100).forEach(number -> writer.write(line("line " + number), true)));
        all.start();
        all.join(100);
        assertThat(all.isAlive()).isTrue();
        output.flow();
        all.join();
        writer.close();
        assertThat(output.lines()).hasSize(100);
    }

    @Test
    void aSlowOutputHoldsUpNobodyWhoseLineMayWait() throws InterruptedException {
        var output = new Output();
        output.slow(Duration.ofMillis(20)); // 50 lines at once
        var writer = writer(
                output, new LineQueue.Limits(1 << 17, MOMENT, Duration.ofMillis(10), Duration.ofSeconds(2), NEVER));
        List<Duration> calls = Collections.synchronizedList(new ArrayList<>());
        var threads = IntStream.range(0, 20)
                .mapToObj(name -> new Thread(() -> IntStream.range(0, 150).forEach(number -> {
                    var begin = Instant.now();
                    writer.write(line("x".repeat(79)), true);
                    calls.add(Duration.between(begin, Instant.now()));
                })))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Collections.max(calls)).isLessThan(Duration.ofMillis(300));
        output.slow(Duration.ZERO);
        writer.close();
        assertThat(output.lines().filter(line -> line.startsWith("x"))).hasSize(3000 - output.lost());
        assertThat(output.lost()).isPositive();
    }

    @Test
    void roomComesBeforeAllIsWritten() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, limits(1 << 17, NEVER, NEVER));
        output.block();
        var filling =
                new Thread(() -> IntStream.range(0, 1500).forEach(number -> writer.write(line("x".repeat(99)), true)));
        filling.start();
        filling.join(200);
        assertThat(filling.isAlive()).isTrue();
        output.take(6); // of more than 30 writes
        filling.join(2000);
        assertThat(filling.isAlive()).isFalse();
        output.flow();
    }

    @Test
    void whatAFailingOutputDoesNotTakeWaitsUntilItDoes() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, limits(PLENTY, MOMENT, Duration.ofMillis(50)));
        output.fail(new IOException("no space left"));
        for (String text : List.of("one", "two", "three")) {
            writer.write(line(text), false);
        }
        assertThat(output.lines()).isEmpty();
        output.fail(null);
        output.await("three");
        assertThat(output.lines()).containsExactly("one", "two", "three");
    }

    @Test
    void linesThatAFailingOutputLeavesNoRoomForAreCounted() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, limits(100, MOMENT, Duration.ofMillis(50)));
        output.fail(new IOException("no space left"));
        IntStream.range(0, 100).forEach(number -> writer.write(line("line " + number), number % 2 == 0));
        output.fail(null);
        output.await("lost ");
        assertThat(output.lines().filter(line -> line.startsWith("line"))).hasSize(100 - output.lost());
        assertThat(writer.lost()).isEqualTo(output.lost());
    }

    @Test
    void whateverGoesWrongTheLinesAfterItAreWritten() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, limits(PLENTY, MOMENT, Duration.ofMillis(200)));
        for (Throwable failure : List.of(new IllegalStateException("unexpected"), new OutOfMemoryError("unexpected"))) {
            output.fail(failure);
            writer.write(line("never"), false);
            output.fail(null);
            writer.write(line("after"), false);
        }
        output.await("lost 2");
        assertThat(output.lines())
                .containsOnlyOnce("lost 2")
                .doesNotContain("never")
                .contains("after");
    }

    @Test
    void closingGivesAnOutputThatMovesItsTime() {
        var output = new Output();
        output.slow(Duration.ofMillis(20));
        var writer = writer(output, limits(PLENTY, MOMENT, Duration.ofMillis(200)));
        IntStream.range(0, 1000).forEach(number -> writer.write(line("x".repeat(99)), true));
        writer.close(); // 25 writes
        assertThat(output.lines()).hasSize(1000);
    }

    @Test
    void whatIsLeftWhenTheTimeToCloseIsOverIsCounted() {
        var output = new Output();
        output.slow(Duration.ofMillis(20));
        var writer = writer(output, new LineQueue.Limits(PLENTY, MOMENT, NEVER, NEVER, Duration.ofMillis(300)));
        IntStream.range(0, 4000).forEach(number -> writer.write(line("x".repeat(99)), true));
        var begin = Instant.now();
        writer.close(); // it would be 100 writes
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofMillis(1400));
        assertThat(output.lines().filter(line -> line.startsWith("x"))).hasSize(4000 - output.lost());
        assertThat(output.lost()).isPositive();
    }

    @Test
    void closingWritesWhatWaitsAndLaterLinesAreWrittenAtOnce() {
        var output = new Output();
        var writer = writer(output, limits(PLENTY, NEVER, NEVER));
        writer.write(line("one"), false);
        writer.write(line("two"), true);
        writer.close();
        assertThat(output.lines()).containsExactly("one", "two");
        writer.write(line("three"), true);
        writer.write(line("four"), false);
        assertThat(output.lines()).containsExactly("one", "two", "three", "four");
        writer.close();
    }

    @Test
    void nobodyElsesLineCanStandWithinOneOfOurs() {
        var output = new Output();
        var writer = writer(output, limits(PLENTY, NEVER, NEVER));
        writer.write(line("first"), false);
        IntStream.range(0, 30).forEach(number -> writer.write(line("x".repeat(300)), true));
        writer.write(line("y".repeat(9000)), true);
        writer.write(line("z"), false);
        assertThat(output.writes()).allMatch(written -> written.endsWith("\n"));
        assertThat(output.writes().stream().filter(written -> written.length() > 4096))
                .containsExactly("y".repeat(9000) + "\n");
        assertThat(output.writes()).hasSizeLessThan(8);
    }

    private static LineQueue.Limits limits(int bytes, Duration pause, Duration patience) {
        return new LineQueue.Limits(bytes, pause, patience, patience, NEVER);
    }

    private static LineWriter writer(OutputStream out, LineQueue.Limits limits) {
        var writer = new LineWriter(out, count -> line("lost " + count + "\n"), limits);
        writer.start();
        return writer;
    }

    private static byte[] line(String text) {
        return text.getBytes(UTF_8);
    }

    /** Remembers each write; can be made to take nothing for a while, to be slow, or to fail. */
    private static final class Output extends OutputStream {
        private static final int OPEN = 1 << 20;

        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final List<String> writes = new ArrayList<>();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile Duration slowness = Duration.ZERO;
        private volatile Semaphore gate = new Semaphore(OPEN);

        void block() {
            gate = new Semaphore(0);
        }

        void flow() {
            gate.release(OPEN);
        }

        void take(int writes) {
            gate.release(writes);
        }

        void slow(Duration each) {
            slowness = each;
        }

        void fail(Throwable with) {
            failure.set(with);
        }

        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                gate.acquire();
                Thread.sleep(slowness.toMillis());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            synchronized (this) {
                throwFailure();
                all.write(bytes, from, length);
                writes.add(new String(bytes, from, length, UTF_8));
            }
        }

        private void throwFailure() throws IOException {
            Throwable now = failure.get();
            if (now instanceof IOException expected) {
                throw expected;
            } else if (now instanceof RuntimeException unexpected) {
                throw unexpected;
            } else if (now instanceof Error error) {
                throw error;
            }
        }

        synchronized List<String> writes() {
            return List.copyOf(writes);
        }

        synchronized Stream<String> lines() {
            return all.toString(UTF_8).lines();
        }

        int lost() {
            return lines().filter(line -> line.startsWith("lost "))
                    .mapToInt(line -> Integer.parseInt(line.substring(5)))
                    .max()
                    .orElse(0);
        }

        void await(String begin) throws InterruptedException {
            while (lines().noneMatch(line -> line.startsWith(begin))) {
                Thread.sleep(1);
            }
        }
    }
}
