package io.github.postern.redis;

import io.github.postern.config.RedisSettings;
import io.github.postern.config.RedisSettings.Cluster;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes connections to one server, to whichever the Sentinels name, or to a cluster, and owns the threads they need. */
final class Connector implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofMillis(800);
    private static final int DOUBLING = 2;
    private static final int THREADS = 2;
    private static final long END_SECONDS = 3;
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Opener opener;

    private Connector(ClientResources resources, AbstractRedisClient client, Opener opener) {
        this.resources = resources;
        this.client = client;
        this.opener = opener;
    }

    /** How a client of either kind opens a connection. */
    @FunctionalInterface
    private interface Opener {
        CompletionStage<Connection> open();
    }

    /**
     * A connection that mends itself.
     *
     * @param whole what is closed in the end
     * @param commands what is asked through it
     */
    record Connection(StatefulConnection<String, byte[]> whole, RedisClusterAsyncCommands<String, byte[]> commands) {}

    static Connector to(RedisSettings settings) {
        ClientResources resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(Delay.exponential(FIRST_RETRY, LAST_RETRY, DOUBLING, TimeUnit.MILLISECONDS))
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        return settings.servers() instanceof Cluster ? cluster(settings, resources) : single(settings, resources);
    }

    private static Connector cluster(RedisSettings settings, ClientResources resources) {
        var client = RedisClusterClient.create(resources, Addresses.cluster(settings));
        client.setOptions(Behaviour.cluster(settings));
        return new Connector(
                resources,
                client,
                () -> client.refreshPartitionsAsync()
                        .thenCompose(known -> client.connectAsync(CODEC))
                        .thenCompose(Connector::toEachNode)
                        .thenApply(connection -> new Connection(connection, connection.async())));
    }

    /** Connects to the nodes now, not at the first command for each; one that is away is no obstacle. */
    private static CompletionStage<StatefulRedisClusterConnection<String, byte[]>> toEachNode(
            StatefulRedisClusterConnection<String, byte[]> cluster) {
        CompletableFuture<?>[] nodes = cluster.getPartitions().stream()
                .filter(node -> node.is(NodeFlag.UPSTREAM))
                .map(node -> cluster.getConnectionAsync(node.getNodeId()))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(nodes).handle((all, failure) -> cluster);
    }

    private static Connector single(RedisSettings settings, ClientResources resources) {
        var client = RedisClient.create(resources);
        client.setOptions(Behaviour.single(settings));
        var address = Addresses.single(settings);
        return new Connector(
                resources,
                client,
                () -> client.connectAsync(CODEC, address)
                        .thenApply(connection -> new Connection(connection, connection.async())));
    }

    CompletionStage<Connection> open() {
        return opener.open();
    }

    /** Ends every connection and thread, within seconds. */
    @Override
    public void close() {
        try {
            client.shutdownAsync(0, END_SECONDS, TimeUnit.SECONDS).get(END_SECONDS, TimeUnit.SECONDS);
            resources.shutdown(0, END_SECONDS, TimeUnit.SECONDS).get(END_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // the threads are daemons without work
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
