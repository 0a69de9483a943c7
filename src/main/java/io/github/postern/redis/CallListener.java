package io.github.postern.redis;

/** Hears of each call to Redis, on the thread that made it. */
@FunctionalInterface
public interface CallListener {
    /** Hears nothing. */
    CallListener NONE = (command, result, nanos) -> {};

    /**
     * A call ended.
     *
     * @param command its name in lower case; {@code none} where there was no connection to ask
     * @param result {@code ok} or {@code failed}
     * @param nanos with the wait and all tries
     */
    void called(String command, String result, long nanos);
}
