package io.github.postern.redis;

import io.github.postern.config.RedisSettings;
import io.github.postern.config.RedisSettings.Login;
import io.github.postern.config.RedisSettings.Node;
import io.github.postern.config.RedisSettings.Sentinels;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;
import java.util.List;

/** The settings' addresses as Lettuce wants them. */
final class Addresses {
    /** A handshake takes several round trips, with TLS more. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);

    private Addresses() {}

    /** One server, named by itself or by the Sentinels. */
    static RedisURI single(RedisSettings settings) {
        if (!(settings.servers() instanceof Sentinels sentinels)) {
            return server(settings, settings.servers().nodes().get(0));
        }
        RedisURI address = new RedisURI();
        address.setSentinelMasterId(sentinels.name());
        address.setDatabase(settings.database());
        sentinels.nodes().forEach(node -> address.getSentinels().add(bare(settings, node, sentinels.login())));
        secure(settings, address, settings.login());
        return address;
    }

    static List<RedisURI> cluster(RedisSettings settings) {
        return settings.servers().nodes().stream()
                .map(node -> server(settings, node))
                .toList();
    }

    private static RedisURI server(RedisSettings settings, Node node) {
        RedisURI address = bare(settings, node, settings.login());
        address.setDatabase(settings.database());
        return address;
    }

    private static RedisURI bare(RedisSettings settings, Node node, Login login) {
        RedisURI address = RedisURI.create(node.host(), node.port());
        secure(settings, address, login);
        return address;
    }

    private static void secure(RedisSettings settings, RedisURI address, Login login) {
        address.setTimeout(HANDSHAKE);
        address.setClientName("postern");
        settings.tls().ifPresent(tls -> {
            address.setSsl(true);
            address.setVerifyPeer(tls.verify() ? SslVerifyMode.FULL : SslVerifyMode.NONE);
        });
        login.password().ifPresent(password -> {
            var credentials = RedisCredentials.just(login.user().orElse(null), password.value());
            address.setCredentialsProvider(RedisCredentialsProvider.from(() -> credentials));
        });
    }
}
