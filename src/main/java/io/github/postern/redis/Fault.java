package io.github.postern.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.cluster.PartitionSelectorException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a failed command tells about what became of it. */
enum Fault {
    /** It was not done, and may be in a moment: there is no connection, or the server is changing its part. */
    REFUSED,
    /** The server is no longer the one that takes writes. */
    DEMOTED,
    /** Nobody knows whether it was done. */
    LOST,
    /** The server would not do it whenever it is asked: a missing permission, memory that is full. */
    DENIED;

    private static final Set<String> PASSING = Set.of(
            "LOADING", "MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "BUSY", "NOREPLICAS", "UNBLOCKED");

    static Fault of(Throwable error) {
        Throwable cause = cause(error);
        if (cause instanceof RedisCommandExecutionException) {
            String word = firstWord(cause);
            return word.equals("READONLY") ? DEMOTED : PASSING.contains(word) ? REFUSED : DENIED;
        }
        boolean unsent = cause instanceof RedisConnectionException
                || cause instanceof PartitionSelectorException
                || message(cause).contains("not connected");
        return unsent ? REFUSED : LOST;
    }

    /** What went wrong beneath the wrappers of futures. */
    static Throwable cause(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The word an error of Redis begins with; it holds no key and no value. */
    static String firstWord(Throwable error) {
        return message(error).split(" ", 2)[0];
    }

    static String message(Throwable error) {
        return String.valueOf(error.getMessage());
    }
}
