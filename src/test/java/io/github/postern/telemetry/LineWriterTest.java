package io.github.postern.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
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
        var writer = writer(output, new LineQueue.Limits(4000, MOMENT, NEVER)); // 80 lines: threads wait for room
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
        var writer = writer(output, new LineQueue.Limits(PLENTY, NEVER, NEVER));
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
        var writer = writer(output, new LineQueue.Limits(PLENTY, MOMENT, NEVER));
        for (String text : List.of("one", "two")) {
            writer.write(line(text), true);
            output.await(text);
        }
    }

    @Test
    void anOutputThatTakesNothingHoldsUpNobodyForLong() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, new LineQueue.Limits(100, MOMENT, Duration.ofMillis(100)));
        output.block();
        var begin = Instant.now();
        IntStream.range(0, 1000).forEach(number -> writer.write(line("line " + number), number % 2 == 0));
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
        output.flow();
        output.await("lost ");
        int lost = output.lost();
        assertThat(output.lines().filter(line -> line.startsWith("line"))).hasSize(1000 - lost);
        assertThat(lost).isGreaterThan(900);
        writer.write(line("after"), false);
        assertThat(output.lines()).endsWith("lost " + lost, "after");
    }

    @Test
    void whoHasALineWaitsForRoomWhileTheOutputMoves() throws InterruptedException {
        var output = new Output();
        var writer = writer(output, new LineQueue.Limits(100, MOMENT, NEVER));
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
    void linesOfAFailedWriteAreCountedAndATornOneIsEnded() {
        var output = new Output();
        var writer = writer(output, new LineQueue.Limits(PLENTY, NEVER, NEVER));
        output.fail(true);
        writer.write(line("begin-and-end"), false);
        writer.write(line("nothing of it"), false);
        output.fail(false);
        writer.write(line("good again"), false);
        assertThat(output.lines()).containsExactly("beg", "good again", "lost 2");
    }

    @Test
    void closingWritesWhatWaitsAndLaterLinesAreWrittenAtOnce() {
        var output = new Output();
        var writer = writer(output, new LineQueue.Limits(PLENTY, NEVER, NEVER));
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
        var writer = writer(output, new LineQueue.Limits(PLENTY, NEVER, NEVER));
        writer.write(line("first"), false);
        IntStream.range(0, 30).forEach(number -> writer.write(line("x".repeat(300)), true));
        writer.write(line("y".repeat(9000)), true);
        writer.write(line("z"), false);
        assertThat(output.writes()).allMatch(written -> written.endsWith("\n"));
        assertThat(output.writes().stream().filter(written -> written.length() > 4096))
                .containsExactly("y".repeat(9000) + "\n");
        assertThat(output.writes()).hasSizeLessThan(8);
    }

    private static LineWriter writer(OutputStream out, LineQueue.Limits limits) {
        var writer = new LineWriter(out, count -> line("lost " + count + "\n"), limits);
        writer.start();
        return writer;
    }

    private static byte[] line(String text) {
        return text.getBytes(UTF_8);
    }

    /** Remembers each write; can be made to take nothing for a while, or to fail within one. */
    private static final class Output extends OutputStream {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final List<String> writes = new ArrayList<>();
        private final AtomicBoolean failing = new AtomicBoolean();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        void block() {
            gate = new CountDownLatch(1);
        }

        void flow() {
            gate.countDown();
        }

        void fail(boolean now) {
            failing.set(now);
        }

        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            synchronized (this) {
                if (failing.get()) {
                    all.write(bytes, from, all.size() == 0 ? 3 : 0);
                    throw new IOException("no space left");
                }
                all.write(bytes, from, length);
                writes.add(new String(bytes, from, length, UTF_8));
            }
        }

        synchronized List<String> writes() {
            return List.copyOf(writes);
        }

        synchronized java.util.stream.Stream<String> lines() {
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
