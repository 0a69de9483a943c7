package io.github.postern.config;

import static io.github.postern.config.Option.*;

import io.github.postern.config.RedisSettings.Cluster;
import io.github.postern.config.RedisSettings.Login;
import io.github.postern.config.RedisSettings.Node;
import io.github.postern.config.RedisSettings.Sentinels;
import io.github.postern.config.RedisSettings.Servers;
import io.github.postern.config.RedisSettings.Standalone;
import io.github.postern.config.RedisSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Fills {@link RedisSettings}. */
final class RedisReader {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(50);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(2);

    /** What says nothing without an address. */
    private static final List<Option> DETAILS = List.of(
            REDIS_USERNAME,
            REDIS_PASSWORD,
            REDIS_SENTINEL_MASTER_NAME,
            REDIS_SENTINEL_CONNECTION_URLS,
            REDIS_SENTINEL_PASSWORD,
            REDIS_CLUSTER_CONNECTION_URLS,
            REDIS_CA_PATH,
            REDIS_INSECURE_SKIP_TLS_VERIFY,
            REDIS_TIMEOUT);

    private final Values values;
    private final Findings findings;

    RedisReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** @param required whether sessions are kept there */
    Optional<RedisSettings> read(boolean required) {
        boolean sentinel = values.isOn(REDIS_USE_SENTINEL);
        boolean cluster = values.isOn(REDIS_USE_CLUSTER);
        Duration timeout = timeout();
        if (sentinel && cluster) {
            findings.mistake(
                    REDIS_USE_CLUSTER, "cannot be combined with redis-use-sentinel; remove the one that is not true");
            return Optional.empty();
        }
        Option where = sentinel
                ? REDIS_SENTINEL_CONNECTION_URLS
                : cluster ? REDIS_CLUSTER_CONNECTION_URLS : REDIS_CONNECTION_URL;
        List<RedisAddress> addresses = addresses(where);
        tellIdle(where);
        if (addresses.isEmpty()) {
            tellMissing(where, required || sentinel || cluster);
            return Optional.empty();
        }
        return Optional.of(settings(where, addresses, timeout));
    }

    private List<RedisAddress> addresses(Option where) {
        List<String> texts = where.type() == ValueType.LIST
                ? values.list(where)
                : values.textIfAny(where).stream().toList();
        return texts.stream()
                .flatMap(text -> RedisAddress.parse(where, text, findings).stream())
                .toList();
    }

    private RedisSettings settings(Option where, List<RedisAddress> addresses, Duration timeout) {
        RedisAddress first = addresses.get(0);
        List<Node> nodes = addresses.stream().map(RedisAddress::node).toList();
        var login = new Login(
                values.textIfAny(REDIS_USERNAME),
                values.textIfAny(REDIS_PASSWORD).map(Secret::new));
        Optional<Tls> tls = tls(addresses);
        if (where == REDIS_SENTINEL_CONNECTION_URLS) {
            return new RedisSettings(sentinels(nodes, first.login()), login, first.database(), tls, timeout);
        }
        Servers servers = where == REDIS_CONNECTION_URL ? new Standalone(first.node()) : new Cluster(nodes);
        return new RedisSettings(servers, login.or(first.login()), database(where, first), tls, timeout);
    }

    private Sentinels sentinels(List<Node> nodes, Login login) {
        String name = values.text(REDIS_SENTINEL_MASTER_NAME);
        if (name.isEmpty()) {
            findings.mistake(
                    REDIS_SENTINEL_MASTER_NAME, "is missing; it is the name in the Sentinels' `sentinel monitor NAME`");
        }
        var password = values.textIfAny(REDIS_SENTINEL_PASSWORD).map(Secret::new);
        return new Sentinels(name, nodes, new Login(Optional.empty(), password).or(login));
    }

    private int database(Option where, RedisAddress address) {
        if (where == REDIS_CLUSTER_CONNECTION_URLS && address.database() != 0) {
            findings.mistake(where, "names a database, but a cluster has only one; remove it from the address");
        }
        return address.database();
    }

    /** As in oauth2-proxy, {@code redis-ca-path} and {@code redis-insecure-skip-tls-verify} ask for TLS too. */
    private Optional<Tls> tls(List<RedisAddress> addresses) {
        boolean anybody = values.isOn(REDIS_INSECURE_SKIP_TLS_VERIFY);
        Optional<Path> authority = values.textIfAny(REDIS_CA_PATH)
                .filter(file -> PemFile.holdsCertificates(REDIS_CA_PATH, file, findings))
                .map(Path::of);
        boolean asked = anybody || !values.isDefault(REDIS_CA_PATH);
        boolean written = addresses.stream().anyMatch(RedisAddress::encrypted);
        if (anybody) {
            findings.weak("redis-insecure-skip-tls-verify=true: anybody on the network can pose as Redis;"
                    + " name its authority in redis-ca-path instead.");
        }
        if (asked && !written) {
            findings.note("Redis is spoken to with TLS, as redis-ca-path and redis-insecure-skip-tls-verify ask;"
                    + " write rediss:// to say so.");
        }
        return asked || written ? Optional.of(new Tls(authority, !anybody)) : Optional.empty();
    }

    private void tellIdle(Option where) {
        if (where != REDIS_CONNECTION_URL && !values.isDefault(REDIS_CONNECTION_URL)) {
            findings.note("redis-connection-url has no effect: " + where.flag() + " are asked.");
        }
    }

    private void tellMissing(Option where, boolean needed) {
        if (needed && values.isDefault(where)) {
            findings.mistake(where, "is missing; write where Redis is, such as redis://HOST:6379");
        } else if (!needed) {
            DETAILS.stream()
                    .filter(option -> !values.isDefault(option))
                    .forEach(option -> findings.note(option.flag() + " has no effect without redis-connection-url."));
        }
    }

    private Duration timeout() {
        Duration timeout = values.duration(REDIS_TIMEOUT);
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            findings.mistake(REDIS_TIMEOUT, "must be 50ms to 2s; 500ms suits most");
        }
        return timeout;
    }
}
