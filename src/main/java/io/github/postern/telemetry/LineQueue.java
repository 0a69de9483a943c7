package io.github.postern.telemetry;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lines that wait for the one thread that writes them. The lock is held for as long as it takes to copy a line. */
final class LineQueue {
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition moved = lock.newCondition();
    private LineBatch gathering;
    private LineBatch taken;
    private long came;
    private long done;
    private boolean idle;
    private boolean hurry;
    private boolean closed;
    private volatile boolean ended;
    private volatile long lastMove;

    /**
     * How much waits, and how long.
     *
     * @param bytes of lines
     * @param pause of the thread between two batches, in which lines gather
     * @param patience with an output that takes nothing
     */
    record Limits(int bytes, Duration pause, Duration patience) {
        static final Limits USUAL = new Limits(1 << 20, Duration.ofMillis(5), Duration.ofSeconds(2));
    }

    LineQueue(Limits limits) {
        this.limits = limits;
        this.gathering = new LineBatch(limits.bytes());
        this.taken = new LineBatch(limits.bytes());
    }

    // ---- for those who have a line

    /**
     * Leaves a line here.
     *
     * @param mayWait whether the caller goes on before it is done
     * @return false when there is no room for it
     */
    boolean put(byte[] line, boolean mayWait) {
        lock.lock();
        try {
            if (!gathering.hasRoomFor(line) && !await(() -> gathering.hasRoomFor(line))) {
                return false;
            }
            gathering.add(line);
            long place = ++came;
            if (!mayWait || gathering.isHalfFull()) {
                hurry();
            } else if (idle) {
                wanted.signal();
            }
            if (!mayWait) {
                await(() -> done >= place);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing waits for more lines any longer. Returns when all are done that came before. */
    void close() {
        lock.lock();
        try {
            closed = true;
            hurry();
            await(() -> done == came);
        } finally {
            lock.unlock();
        }
    }

    private void hurry() {
        hurry = true;
        wanted.signal();
    }

    /** @return false when it did not come to it before patience was at its end */
    private boolean await(BooleanSupplier reached) {
        long begin = System.nanoTime();
        try {
            while (!reached.getAsBoolean()) {
                long left = patienceLeft(begin);
                if (ended || left <= 0) {
                    return false;
                }
                moved.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** It is counted from when the wait began; from when the output took something last, if that is longer ago and it has work. */
    private long patienceLeft(long begin) {
        long since = taken.isEmpty() ? begin : Math.min(begin, lastMove);
        return since + limits.patience().toNanos() - System.nanoTime();
    }

    /** Whether nobody takes lines any longer but who put them. */
    boolean isEnded() {
        return ended;
    }

    // ---- for the thread

    /** What waits, as soon as there is something; empty when this is closed and all is done. */
    LineBatch take() {
        lock.lock();
        try {
            pause();
            LineBatch batch = gathering;
            gathering = taken;
            taken = batch;
            hurry = false;
            ended = batch.isEmpty();
            moved();
            moved.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        try {
            long left = limits.pause().toNanos();
            while (!hurry && !closed && left > 0) {
                left = wanted.awaitNanos(left);
            }
            idle = true;
            while (gathering.isEmpty() && !closed) {
                wanted.await();
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            idle = false;
        }
    }

    /** The output took something. */
    void moved() {
        lastMove = System.nanoTime();
    }

    /** What was taken is written, or given up. */
    void done() {
        lock.lock();
        try {
            done += taken.lines();
            taken.clear();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
