package io.github.postern.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongFunction;

/**
 * The one way to an output, for lines of every kind: they are written whole, in the order in which they came.
 *
 * <p>One thread writes all that wait, then pauses while others gather, so that under load many lines are one write. Whoever has a line
 * that may wait goes on at once; who has another goes on when it is written. An output that is slow or takes nothing holds up nobody for
 * long: lines for which there is no room then are left out and counted, and the output is told how many at the place where they are missing.
 */
final class LineWriter implements AutoCloseable {
    private final LineOutput out;
    private final LongFunction<byte[]> notice;
    private final LineQueue queue;
    private long told;

    /**
     * @param out not buffered
     * @param notice the line that tells how many lines were left out since the start
     * @param limits how much waits, and how long
     */
    LineWriter(OutputStream out, LongFunction<byte[]> notice, LineQueue.Limits limits) {
        this.out = new LineOutput(out);
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
        queue.put(line, mayWait);
        if (queue.isEnded()) {
            work();
        }
    }

    /** How many lines were left out since the start. */
    long lost() {
        return queue.lost();
    }

    /** Begins to close, and does not wait for it. */
    void end() {
        queue.end();
    }

    /** Writes what waits, as far as the output takes it. Whoever has a line after that writes it. */
    @Override
    public void close() {
        queue.close();
    }

    // the thread's own until it ends
    private synchronized void work() {
        for (LineBatch batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            write(batch);
            tell(queue.lostByNow());
            queue.done();
        }
        tell(queue.lostByNow());
    }

    /** @return false when the rest of it is given up */
    private boolean write(LineBatch batch) {
        try {
            while (!batch.isWritten()) {
                if (!writeSome(batch)) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException | Error e) { // whatever it is: without this thread there would be no line at all
            return false;
        }
    }

    private boolean writeSome(LineBatch batch) {
        try {
            batch.written(out.write(batch.bytes(), batch.start(), batch.endOfWrite() - batch.start()));
            queue.moved();
            return true;
        } catch (IOException e) { // a full disk, or nobody reads any longer
            return queue.awaitRetry();
        }
    }

    private void tell(long count) {
        if (count == told) {
            return;
        }
        try {
            var batch = new LineBatch(0);
            batch.add(notice.apply(count));
            told = write(batch) ? count : told;
        } catch (RuntimeException | Error e) { // it is told after the next lines
            return;
        }
    }
}
