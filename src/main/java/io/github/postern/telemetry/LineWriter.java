package io.github.postern.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * The one way to an output, for lines of every kind: they are written whole, in the order in which they came.
 *
 * <p>One thread writes all that wait, then pauses while others gather, so that under load many lines are one write. Whoever has a line
 * that may wait goes on at once; who has another goes on when it is written. An output that takes nothing holds up nobody for long:
 * lines for which there is no room then are left out and counted, and the output is told how many once it takes some again.
 */
final class LineWriter implements AutoCloseable {
    private final OutputStream out;
    private final LongFunction<byte[]> notice;
    private final LineQueue queue;
    private final AtomicLong lost = new AtomicLong();
    private long told;
    private boolean torn;

    /**
     * @param out not buffered
     * @param notice the line that tells how many lines were left out since the start
     * @param limits how much waits, and how long
     */
    LineWriter(OutputStream out, LongFunction<byte[]> notice, LineQueue.Limits limits) {
        this.out = out;
        this.notice = notice;
        this.queue = new LineQueue(limits);
    }

    /** From here on, lines are written. */
    void start() {
        var thread = new Thread(this::work, "postern-lines");
        thread.setDaemon(true); // what waits at the end is written by close()
        thread.start();
    }

    /**
     * Writes a line.
     *
     * @param line with or without its end
     * @param mayWait whether the caller goes on before it is written
     */
    void write(byte[] line, boolean mayWait) {
        if (!queue.put(line, mayWait)) {
            lost.incrementAndGet();
        } else if (queue.isEnded()) {
            work();
        }
    }

    /** Writes what waits. Whoever has a line after that writes it. */
    @Override
    public void close() {
        queue.close();
    }

    // the thread's own until it ends
    private synchronized void work() {
        for (LineBatch batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            write(batch, lost.get());
        }
    }

    /** @param count of the lines that were left out before: behind those of this batch, which had left no room for them */
    private void write(LineBatch batch, long count) {
        int from = 0;
        try {
            endTornLine();
            while (from < batch.size()) {
                int end = batch.endOfWrite(from);
                out.write(batch.bytes(), from, end - from);
                queue.moved();
                from = end;
            }
            tellLost(count);
        } catch (IOException e) { // a full disk, or nobody reads any longer
            torn = true;
            lost.addAndGet(batch.linesFrom(from));
        } finally {
            queue.done();
        }
    }

    private void endTornLine() throws IOException {
        if (torn) {
            out.write('\n');
            torn = false;
        }
    }

    private void tellLost(long count) throws IOException {
        if (count > told) {
            out.write(notice.apply(count));
            told = count;
        }
    }
}
