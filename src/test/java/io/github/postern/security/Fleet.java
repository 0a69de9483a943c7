package io.github.postern.security;

import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Load;
import io.github.postern.testbed.Tomcat;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Two replicas of one Postern that share a cluster or a Redis, and their provider. */
final class Fleet implements AutoCloseable {
    static final String DELAY = "2s";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final FakeKeycloak keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
    private final List<Map<String, String>> environments = new ArrayList<>();
    private final List<Tomcat> tomcats = new ArrayList<>();

    private Fleet(Map<String, String> changes) {
        var members = List.of("127.0.0.1:" + Tomcat.freePort(), "127.0.0.1:" + Tomcat.freePort());
        for (var member : members) {
            var environment = new LinkedHashMap<>(Setup.common(keycloak.issuer()));
            environment.put("OAUTH2_PROXY_CLUSTER", "static");
            environment.put("OAUTH2_PROXY_CLUSTER_ADDRESS", member);
            environment.put("OAUTH2_PROXY_CLUSTER_MEMBERS", String.join(",", members));
            environment.put("OAUTH2_PROXY_SHUTDOWN_DELAY", DELAY);
            environment.putAll(changes);
            if (changes.containsKey("OAUTH2_PROXY_REDIS_CONNECTION_URL")) {
                environment.keySet().removeIf(name -> name.startsWith("OAUTH2_PROXY_CLUSTER"));
            }
            environments.add(environment);
            tomcats.add(Tomcat.with(environment));
        }
    }

    /** Both are ready when it returns; {@code changes} are to the environment of each. */
    static Fleet start(Map<String, String> changes) {
        var fleet = new Fleet(changes);
        try {
            fleet.tomcats.forEach(Tomcat::launch);
            IntStream.range(0, fleet.tomcats.size()).forEach(fleet::awaitReady);
            return fleet;
        } catch (RuntimeException | Error e) {
            fleet.close();
            throw e;
        }
    }

    FakeKeycloak keycloak() {
        return keycloak;
    }

    Tomcat get(int replica) {
        return tomcats.get(replica);
    }

    List<URI> addresses() {
        return tomcats.stream().map(tomcat -> tomcat.uri("")).toList();
    }

    RawHttp http(int replica) {
        return new RawHttp(tomcats.get(replica).port(), "127.0.0.1", (request, reply) -> {});
    }

    /** A clean browser of this person, whose proxy leads to one replica. */
    FakeBrowser browser(int replica, String user) {
        return new FakeBrowser(http(replica), new RawHttp(keycloak.port(), "127.0.0.1", (request, reply) -> {}), user);
    }

    /** A browser of this person, signed in at one replica. */
    FakeBrowser signedIn(int replica, String user) {
        var browser = browser(replica, user);
        Expect.seenByApp(browser.open(Session.APP).page(), user);
        return browser;
    }

    /** A script's request to an app with this browser's cookies, asked of any replica. */
    Reply check(int replica, FakeBrowser browser) {
        return check(replica, browser.cookiesFor(Session.APP));
    }

    Reply check(int replica, String cookies) {
        var request = Ask.program("/x");
        return http(replica).send(cookies.isEmpty() ? request : request.with("Cookie", cookies));
    }

    /** People who signed in, half of them at each replica. */
    List<Load.Person> crowd(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> signedIn(i % tomcats.size(), i % 3 == 0 ? "bob" : "alice"))
                .map(browser -> new Load.Person(
                        browser.cookiesFor(Session.APP),
                        FakeUser.subject(
                                check(0, browser).header("X-Auth-Request-Email").startsWith("bob") ? "bob" : "alice")))
                .toList();
    }

    /** The same replica, in a new process. */
    void launchAgain(int replica) {
        tomcats.set(
                replica,
                Tomcat.with(environments.get(replica), tomcats.get(replica).port())
                        .launch());
    }

    void awaitReady(int replica) {
        var tomcat = tomcats.get(replica);
        try {
            Wait.until(PATIENCE, () -> readiness(replica) == 200);
        } catch (AssertionError e) {
            throw new AssertionError("replica " + replica + " is not ready:\n" + tomcat.output(), e);
        }
    }

    /** What {@code /ready} says; 0 when nobody answers. */
    int readiness(int replica) {
        try {
            return http(replica).send(Request.get("/ready")).status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        tomcats.forEach(Tomcat::close);
        keycloak.close();
    }
}
