package io.github.postern.testbed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A cluster of three primaries with a replica each, which takes over when its primary is gone for a second. */
public final class RedisCluster implements AutoCloseable {
    private static final int NODES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster() {}

    /** All six running, with every slot served. */
    public static RedisCluster start() {
        var cluster = new RedisCluster();
        try {
            cluster.begin();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void begin() {
        for (int number = 0; number < NODES; number++) {
            nodes.add(RedisServer.start(
                    "cluster-enabled yes",
                    "cluster-port " + Tomcat.freePort(),
                    "cluster-node-timeout 1000",
                    "repl-diskless-sync-delay 0"));
        }
        var create = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
        nodes.forEach(node -> create.add("127.0.0.1:" + node.port()));
        create.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
        RedisServer.run(create);
        Patience.until(
                PATIENCE,
                () -> nodes.stream()
                                .allMatch(node -> node.ask("CLUSTER", "INFO").contains("cluster_state:ok"))
                        && nodes.stream().filter(RedisCluster::isInSync).count() == NODES / 2);
    }

    private static boolean isInSync(RedisServer node) {
        return node.ask("INFO", "replication").contains("master_link_status:up");
    }

    /** The addresses of all nodes, as the option wants them. */
    public String urls() {
        return nodes.stream().map(RedisServer::url).collect(Collectors.joining(","));
    }

    /** The server that takes writes for this key. */
    public RedisServer primaryOf(String key) {
        String slot = nodes.get(0).ask("CLUSTER", "KEYSLOT", key);
        return nodes.stream()
                .filter(node -> node.ask("ROLE").startsWith("master"))
                .filter(node -> serves(node, Integer.parseInt(slot)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean serves(RedisServer node, int slot) {
        String own = node.ask("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .findFirst()
                .orElseThrow();
        return List.of(own.split(" ")).stream()
                .filter(word -> word.matches("\\d+-\\d+"))
                .map(word -> word.split("-"))
                .anyMatch(range -> Integer.parseInt(range[0]) <= slot && slot <= Integer.parseInt(range[1]));
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
