package io.github.postern.security;

import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.Misbehaviour;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Tomcat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Postern in its Tomcat, the provider behind it, and everything that was said between them and the world. */
final class Gateway implements AutoCloseable {
    private final FakeKeycloak keycloak;
    private final String proxy;
    private final Map<String, String> environment;
    private final List<Exchange> exchanges = new ArrayList<>();
    private Tomcat tomcat;
    private int outputBefore;
    private boolean providerFails;

    /** One question to Postern and its answer. */
    record Exchange(Request request, Reply reply) {}

    private Gateway(Setup setup, FakeKeycloak keycloak) {
        this.keycloak = keycloak;
        this.proxy = setup.proxy();
        this.environment = setup.environment(keycloak);
        this.tomcat = Tomcat.with(environment).start();
        awaitReady();
    }

    static Gateway start(Setup setup) {
        var keycloak = FakeKeycloak.start(Setup.CLIENT, Setup.CLIENT_SECRET);
        try {
            return new Gateway(setup, keycloak);
        } catch (RuntimeException e) {
            keycloak.close();
            throw e;
        }
    }

    FakeKeycloak keycloak() {
        return keycloak;
    }

    Tomcat tomcat() {
        return tomcat;
    }

    /** A clean browser of this person. */
    FakeBrowser browser(String user) {
        return new FakeBrowser(http(), new RawHttp(keycloak.port(), "127.0.0.1", (request, reply) -> {}), user);
    }

    /** A client at the address of the trusted proxy. */
    RawHttp http() {
        return httpFrom(proxy);
    }

    /** A client at any address of the loopback network. */
    RawHttp httpFrom(String address) {
        return new RawHttp(tomcat.port(), address, this::saw);
    }

    /** A client whose exchanges are not held against the invariants. */
    RawHttp unwatched() {
        return new RawHttp(tomcat.port(), proxy, (request, reply) -> {});
    }

    /** The provider fails or lies from now on to the end of the test, so that 502, 503 and 504 are answers. */
    Misbehaviour providerFails() {
        providerFails = true;
        return keycloak.misbehave();
    }

    /** Waits until the provider is known. */
    void awaitReady() {
        Wait.until(
                Duration.ofSeconds(20), () -> http().send(Request.get("/ready")).status() == 200);
    }

    /** The same configuration in a new process on the same port. */
    void restart() {
        tomcat.stop();
        tomcat = Tomcat.with(environment, tomcat.port()).start();
        outputBefore = 0;
    }

    /** What Tomcat and Postern wrote since the test began. */
    String output() {
        return tomcat.output().substring(outputBefore);
    }

    synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Whether a token may stand in for a session. */
    boolean acceptsTokens() {
        return environment.containsKey("OAUTH2_PROXY_SKIP_JWT_BEARER_TOKENS");
    }

    boolean hasFailingProvider() {
        return providerFails;
    }

    /** A test begins: what was before is not its business. */
    synchronized void beginTest() {
        keycloak.misbehave();
        providerFails = false;
        exchanges.clear();
        outputBefore = tomcat.output().length();
    }

    @Override
    public void close() {
        tomcat.close();
        keycloak.close();
    }

    private synchronized void saw(Request request, Reply reply) {
        exchanges.add(new Exchange(request, reply));
    }
}
