package io.github.postern.testbed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three Sentinels that watch over a primary and its replica, and make the other one the primary when it is gone for a second. */
public final class RedisSentinels implements AutoCloseable {
    public static final String NAME = "sessions";

    private static final int SENTINELS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private RedisSentinels() {}

    /** All five running, and known to each other. */
    public static RedisSentinels start() {
        var all = new RedisSentinels();
        try {
            all.begin();
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void begin() {
        servers.add(RedisServer.start("repl-diskless-sync-delay 0"));
        servers.add(RedisServer.start(
                "repl-diskless-sync-delay 0",
                "replicaof 127.0.0.1 " + servers.get(0).port()));
        for (int number = 0; number < SENTINELS; number++) {
            sentinels.add(RedisServer.sentinel(
                    "sentinel monitor " + NAME + " 127.0.0.1 " + servers.get(0).port() + " 2",
                    "sentinel down-after-milliseconds " + NAME + " 1000",
                    "sentinel failover-timeout " + NAME + " 4000"));
        }
        Patience.until(PATIENCE, () -> sentinels.stream().allMatch(RedisSentinels::knowsAll) && isWhole());
    }

    private static boolean knowsAll(RedisServer sentinel) {
        return sentinel.ask("INFO", "sentinel").contains("status=ok")
                && sentinel.ask("INFO", "sentinel").contains("slaves=1,sentinels=" + SENTINELS);
    }

    /** The addresses of the Sentinels, as the option wants them. */
    public String urls() {
        return sentinels.stream().map(RedisServer::url).collect(Collectors.joining(","));
    }

    /** The server that takes writes now, as the Sentinels see it. */
    public RedisServer primary() {
        String address = sentinels.get(0).ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
        return servers.stream()
                .filter(server -> address.endsWith("" + server.port()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the primary has a replica that holds all it holds. */
    public boolean isWhole() {
        return primary().ask("INFO", "replication").contains("state=online");
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        servers.forEach(RedisServer::close);
    }
}
