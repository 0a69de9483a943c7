package io.github.postern.redis;

import io.github.postern.config.RedisSettings;
import io.github.postern.config.RedisSettings.Cluster;
import io.github.postern.config.RedisSettings.Sentinels;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis answers; says so in the log once when it changes, with the cure. */
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final int MOST_CAUSES = 8;
    private final String place;
    private final String addressOption;
    private final String timeout;
    private volatile String trouble = "";
    private volatile String denied = "";

    Health(RedisSettings settings) {
        String nodes = settings.servers().nodes().toString();
        this.place = nodes.substring(1, nodes.length() - 1);
        this.timeout = settings.timeout().toMillis() + " ms";
        this.addressOption = settings.servers() instanceof Sentinels
                ? "redis-sentinel-connection-urls"
                : settings.servers() instanceof Cluster ? "redis-cluster-connection-urls" : "redis-connection-url";
    }

    /** What is wrong, in one sentence; empty when nothing is. */
    Optional<String> trouble() {
        return Optional.of(trouble).filter(sentence -> !sentence.isEmpty());
    }

    synchronized void up() {
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.info("Redis at {} answers again.", place);
        }
    }

    synchronized void down(Throwable reason) {
        String sentence = sentence(Fault.cause(reason));
        if (!trouble.equals(sentence)) {
            trouble = sentence;
            LOG.warn("{} Postern keeps trying.", sentence);
        }
    }

    /** A command that is refused whenever it is asked; told once for each reason. */
    synchronized void denied(Throwable reason) {
        String word = Fault.firstWord(reason);
        if (!denied.equals(word)) {
            denied = word;
            LOG.warn("Redis at {} refuses a command ({}); {}.", place, word, deniedCure(word));
        }
    }

    private static String deniedCure(String word) {
        return switch (word) {
            case "NOPERM" -> "grant the user of redis-username the commands and keys that docs/redis.md lists";
            case "OOM" -> "its memory is full: raise maxmemory";
            case "MISCONF" -> "it cannot save to its disk: look at the log of Redis";
            default -> "look at the log of Redis";
        };
    }

    private String sentence(Throwable reason) {
        String cure = cure(reason);
        return "Redis at " + place + " " + cure + ".";
    }

    private String cure(Throwable reason) {
        String words = messages(reason);
        if (words.contains("WRONGPASS") || words.contains("NOAUTH") || words.contains("invalid password")) {
            return "refuses our password; check redis-password and redis-username";
        }
        if (words.contains("Cannot provide redisAddress")) {
            return "knows no server of that name, or cannot be reached; check redis-sentinel-master-name and "
                    + addressOption;
        }
        if (has(reason, SSLException.class)) {
            return "shows a certificate that is not trusted, or speaks no TLS; name its authority in redis-ca-path, or"
                    + " correct " + addressOption;
        }
        boolean cut = words.contains("not connected") || words.contains("Connection closed");
        if (cut || has(reason, ConnectException.class) || has(reason, UnknownHostException.class)) {
            return "cannot be reached; start it, or correct " + addressOption;
        }
        if (has(reason, TimeoutException.class)) {
            return "does not answer within " + timeout + "; look after it";
        }
        return "cannot be used (" + reason.getClass().getSimpleName() + "); look at its log, and check "
                + addressOption;
    }

    private static boolean has(Throwable error, Class<? extends Throwable> kind) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String messages(Throwable error) {
        var words = new StringBuilder();
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            words.append(cause.getMessage()).append('\n');
        }
        return words.toString();
    }
}
