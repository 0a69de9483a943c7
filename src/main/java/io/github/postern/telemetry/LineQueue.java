package io.github.postern.telemetry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Lines that wait for the one thread that writes them. The lock is held for as long as it takes to copy a line. */
final class LineQueue {
    /** Room comes when one batch of so many is taken, not when all is written. */
    private static final int BATCHES = 16;

    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition moved = lock.newCondition();
    private final Deque<LineBatch> waiting = new ArrayDeque<>();
    private final Deque<LineBatch> free = new ArrayDeque<>();
    private final LineBatch none = new LineBatch(0);
    private LineBatch taken = none;
    private int bytes;
    private long came;
    private long done;
    private long lost;
    private boolean idle;
    private boolean hurry;
    private boolean closed;
    private long endsAt;
    private volatile boolean ended;
    private volatile long lastMove;

    /**
     * How much waits, and how long.
     *
     * @param bytes of lines
     * @param pause of the thread between two batches, in which lines gather
     * @param moment for which one whose line may wait waits for room
     * @param patience of one whose line may not, and with an output that takes nothing
     * @param end how long closing takes at most while the output takes lines
     */
    record Limits(int bytes, Duration pause, Duration moment, Duration patience, Duration end) {
        static final Limits USUAL = new Limits(
                1 << 20, Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    LineQueue(Limits limits) {
        this.limits = limits;
    }

    // ---- for those who have a line

    /**
     * Leaves a line here, or counts it as lost where there is no room for it.
     *
     * @param mayWait whether the caller goes on before it is done
     */
    void put(byte[] line, boolean mayWait) {
        lock.lock();
        try {
            long begin = System.nanoTime();
            Duration patience = mayWait ? limits.moment() : limits.patience();
            if (!hasRoomFor(line) && !await(() -> hasRoomFor(line), () -> patienceEnds(begin, patience))) {
                lost++;
                return;
            }
            add(line);
            long place = ++came;
            wake(mayWait);
            if (!mayWait) {
                await(() -> done >= place, () -> patienceEnds(begin, patience));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(byte[] line) {
        return waiting.isEmpty() || bytes + line.length < limits.bytes();
    }

    private void add(byte[] line) {
        LineBatch last = waiting.peekLast();
        if (last == null || !last.hasRoomFor(line)) {
            last = free.isEmpty() ? new LineBatch(limits.bytes() / BATCHES) : free.pop();
            last.begin(lost);
            waiting.add(last);
        }
        bytes -= last.size();
        last.add(line);
        bytes += last.size();
    }

    private void wake(boolean mayWait) {
        if (!mayWait || waiting.size() > 1) {
            hurry();
        } else if (idle) {
            wanted.signal();
        }
    }

    private void hurry() {
        hurry = true;
        wanted.signal();
    }

    /** Nothing waits for more lines any longer. */
    void end() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                endsAt = System.nanoTime() + limits.end().toNanos();
            }
            hurry();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all are done that came before, or the output has had its time. What waits then is lost. */
    void close() {
        end();
        lock.lock();
        try {
            long begin = System.nanoTime();
            if (!await(() -> done == came, () -> closingEnds(begin))) {
                giveUp();
                long last = System.nanoTime() + LAST_WORD.toNanos();
                await(() -> ended, () -> last);
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        endsAt = System.nanoTime();
        int lines = waiting.stream().mapToInt(LineBatch::linesLeft).sum();
        lost += lines;
        done += lines;
        bytes = 0;
        waiting.clear();
        wanted.signal();
    }

    /** @return false when it did not come to it before the time was over */
    private boolean await(BooleanSupplier reached, LongSupplier end) {
        try {
            while (!reached.getAsBoolean()) {
                long left = end.getAsLong() - System.nanoTime();
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
    private long patienceEnds(long begin, Duration patience) {
        return (taken.isEmpty() ? begin : Math.min(begin, lastMove)) + patience.toNanos();
    }

    /** Here an output that takes something gets more time. */
    private long closingEnds(long begin) {
        long since = taken.isEmpty() ? Math.max(begin, lastMove) : lastMove;
        return Math.min(since + limits.patience().toNanos(), endsAt);
    }

    /** Whether nobody takes lines any longer but who put them. */
    boolean isEnded() {
        return ended;
    }

    // ---- for the thread

    /** The first lines that wait, as soon as there are some; empty when this is closed and all is done. */
    LineBatch take() {
        lock.lock();
        try {
            pause();
            taken = waiting.isEmpty() ? none : waiting.remove();
            bytes -= taken.size();
            hurry = hurry && !waiting.isEmpty();
            ended = taken.isEmpty();
            moved();
            moved.signalAll();
            return taken;
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
            while (waiting.isEmpty() && !closed) {
                wanted.await();
            }
        } catch (InterruptedException e) {
            end();
        } finally {
            idle = false;
        }
    }

    /** The output took something. */
    void moved() {
        lastMove = System.nanoTime();
    }

    /**
     * Waits a little, because the output failed.
     *
     * @return false when there is no time to try it again
     */
    boolean awaitRetry() {
        lock.lock();
        try {
            long begin = System.nanoTime();
            while (!isOver() && System.nanoTime() - begin < RETRY.toNanos()) {
                wanted.awaitNanos(RETRY.toNanos());
            }
            return !isOver();
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        return closed && endsAt - System.nanoTime() <= 0;
    }

    /** How many lines are missing between the start and now. */
    long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** How many lines are missing between the start and what is taken next. */
    long lostByNow() {
        lock.lock();
        try {
            return waiting.isEmpty() ? lost : waiting.element().lostBefore();
        } finally {
            lock.unlock();
        }
    }

    /** What was taken is written, or its rest given up. */
    void done() {
        lock.lock();
        try {
            done += taken.lines();
            lost += taken.linesLeft();
            free.push(taken);
            taken = none;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
