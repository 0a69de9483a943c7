package io.github.postern.redis;

import io.github.postern.config.RedisSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import java.time.Duration;

/** How Lettuce is to behave: nothing is queued for a server that is away, and nothing waits for long. */
final class Behaviour {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration REFRESH_AT_MOST_EVERY = Duration.ofMillis(500);
    private static final int MOST_QUEUED = 1024;

    private Behaviour() {}

    static ClientOptions single(RedisSettings settings) {
        return fill(ClientOptions.builder(), settings).build();
    }

    static ClusterClientOptions cluster(RedisSettings settings) {
        var refresh = ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(REFRESH)
                .adaptiveRefreshTriggersTimeout(REFRESH_AT_MOST_EVERY)
                .refreshTriggersReconnectAttempts(1)
                .build();
        var options = ClusterClientOptions.builder();
        fill(options, settings);
        return options.topologyRefreshOptions(refresh)
                .validateClusterNodeMembership(false)
                .build();
    }

    private static ClientOptions.Builder fill(ClientOptions.Builder options, RedisSettings settings) {
        settings.tls()
                .flatMap(RedisSettings.Tls::caFile)
                .ifPresent(file -> options.sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .handshakeTimeout(CONNECT)
                        .trustManager(Trust.with(file))
                        .build()));
        return options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_QUEUED)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .build());
    }
}
