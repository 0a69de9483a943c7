package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.notes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.RedisSettings.Login;
import io.github.postern.config.RedisSettings.Node;
import io.github.postern.config.RedisSettings.Standalone;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedisReaderTest {
    private static final String SENTINEL = "--redis-use-sentinel=true --redis-sentinel-connection-urls=redis://s ";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "redis://, localhost, 6379, 0, -, -, false",
                "redis://redis, redis, 6379, 0, -, -, false",
                "redis://redis:1/2, redis, 1, 2, -, -, false",
                "redis://redis/, redis, 6379, 0, -, -, false",
                "redis://redis?db=3, redis, 6379, 3, -, -, false",
                "redis://my_redis_1:6380, my_redis_1, 6380, 0, -, -, false",
                "rediss://u:p@redis.akko.local:6380/15, redis.akko.local, 6380, 15, u, p, true",
                "redis://:p%40s%2Fs+@redis, redis, 6379, 0, -, p@s/s+, false",
                "redis://u:p@ss@redis, redis, 6379, 0, u, p@ss, false",
                "redis://u@redis, redis, 6379, 0, u, -, false",
                "redis://[::1]:7, ::1, 7, 0, -, -, false"
            })
    void readsAnAddress(
            String url, String host, int port, int database, String user, String password, boolean encrypted) {
        var redis =
                Samples.read("--redis-connection-url=" + url).store().redis().orElseThrow();
        assertThat(redis.servers()).isEqualTo(new Standalone(new Node(host, port)));
        assertThat(redis.database()).isEqualTo(database);
        assertThat(redis.login())
                .isEqualTo(new Login(
                        Optional.ofNullable(user), Optional.ofNullable(password).map(Secret::new)));
        assertThat(redis.tls().isPresent()).isEqualTo(encrypted);
    }

    @Test
    void overridesUserAndPasswordOfTheAddress() {
        var redis = Samples.read("--redis-connection-url=redis://u:p@redis", "--redis-username=v", "--redis-password=q")
                .store()
                .redis()
                .orElseThrow();
        assertThat(redis.login()).isEqualTo(new Login(Optional.of("v"), Optional.of(new Secret("q"))));
        assertThat(redis.toString()).doesNotContain("q]", "p@");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--session-store-type=redis ! redis-connection-url: is missing; write where Redis is, such as redis://HOST:6379",
                "--session-store-type=memcached ! session-store-type: 'memcached' is not known; choose one of cookie, redis, tomcat",
                "--redis-use-sentinel=true --redis-use-cluster=true ! redis-use-cluster: cannot be combined with redis-use-sentinel; remove the one that is not true",
                "--redis-use-cluster=true ! redis-cluster-connection-urls: is missing; write where Redis is, such as redis://HOST:6379",
                SENTINEL
                        + "! redis-sentinel-master-name: is missing; it is the name in the Sentinels' `sentinel monitor NAME`",
                "--redis-connection-url=unix:///run/redis.sock ! redis-connection-url: names a Unix socket, which is not spoken here; let Redis listen on loopback",
                "--redis-connection-url=redis://:%zz@redis ! redis-connection-url: holds a % that begins no escape; write %25 for it in user and password",
                "--redis-use-cluster=true --redis-cluster-connection-urls=redis://a/1 ! redis-cluster-connection-urls: names a database, but a cluster has only one; remove it from the address",
                "--redis-connection-url=rediss://redis --redis-ca-path=/none.pem ! redis-ca-path: file '/none.pem' cannot be read; check its name and permissions",
                "--redis-timeout=49ms ! redis-timeout: must be 50ms to 2s; 500ms suits most",
                "--redis-timeout=3s ! redis-timeout: must be 50ms to 2s; 500ms suits most"
            })
    void refusesWhatCannotWork(String flags, String mistake) {
        assertThat(mistakes(flags.strip().split(" "))).containsExactly(mistake);
    }

    @ParameterizedTest
    @CsvSource({"redis:6379", "http://redis", "redis://redis:99999", "redis://redis:0", "redis://r/x"})
    void refusesWhatIsNoAddressWithoutPrintingIt(String url) {
        assertThat(mistakes("--redis-connection-url=" + url))
                .containsExactly(
                        "redis-connection-url: is no address of Redis; write redis://HOST:6379, or rediss:// for"
                                + " TLS, with USER:PASSWORD@ and /DATABASE as needed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--redis-connection-url=redis://r ! Sessions are kept in the cookie; Redis is used to tell the other replicas who was signed out.",
                "--redis-password=p ! redis-password has no effect without redis-connection-url.",
                "--session-store-type=tomcat --redis-connection-url=redis://r ! The redis-* options have no effect with session-store-type=tomcat.",
                "--redis-connection-url=redis://r --redis-use-cluster=true --redis-cluster-connection-urls=redis://c ! redis-connection-url has no effect: redis-cluster-connection-urls are asked.",
                "--redis-connection-url=redis://r --redis-insecure-skip-tls-verify=true ! Redis is spoken to with TLS, as redis-ca-path and redis-insecure-skip-tls-verify ask; write rediss:// to say so."
            })
    void tellsWhatTheOperatorMayNotExpect(String flags, String note) {
        assertThat(notes(flags.strip().split(" "))).contains(note);
    }

    @Test
    void usesRedisForSessionsOnlyWhenAsked() {
        assertThat(Samples.read().store()).isEqualTo(new StoreSettings(StoreSettings.Type.COOKIE, Optional.empty()));
        assertThat(Samples.read("--session-store-type=redis", "--redis-connection-url=redis://r")
                        .store()
                        .type())
                .isEqualTo(StoreSettings.Type.REDIS);
    }
}
