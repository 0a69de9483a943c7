package io.github.postern.security;

import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.testbed.Tomcat;
import java.time.Duration;
import java.util.Map;

/** One of several Posterns with the same settings, behind the same provider. */
final class Replica implements AutoCloseable {
    private final FakeKeycloak keycloak;
    private final Map<String, String> environment;
    private Tomcat tomcat;

    private Replica(FakeKeycloak keycloak, Map<String, String> environment) {
        this.keycloak = keycloak;
        this.environment = environment;
        this.tomcat = Tomcat.with(environment).start();
    }

    /** A running one; {@code changes} are options by the name of their variable, without the prefix, or variables of OpenTelemetry. */
    static Replica start(FakeKeycloak keycloak, Map<String, String> changes) {
        var environment = Setup.common(keycloak.issuer());
        changes.forEach(
                (name, value) -> environment.put(name.startsWith("OTEL_") ? name : "OAUTH2_PROXY_" + name, value));
        return new Replica(keycloak, environment);
    }

    Replica awaitReady() {
        Wait.until(Duration.ofSeconds(60), () -> status("/ready") == 200);
        return this;
    }

    /** The same in a new process on the same port, as a rolling update does it. */
    void restart() {
        tomcat.stop();
        tomcat = Tomcat.with(environment, tomcat.port()).start();
    }

    /** A browser of this person, signed in. */
    FakeBrowser signIn(String user) {
        var browser = browser(user);
        var visit = browser.open(Session.APP);
        if (visit.page().status() != 200) {
            throw new AssertionError(
                    "not signed in: " + visit + "\n" + visit.page().whole());
        }
        return browser;
    }

    /** A clean browser of this person. */
    FakeBrowser browser(String user) {
        return new FakeBrowser(http(), new RawHttp(keycloak.port(), "127.0.0.1", (request, reply) -> {}), user);
    }

    RawHttp http() {
        return new RawHttp(tomcat.port(), "127.0.0.1", (request, reply) -> {});
    }

    int status(String path) {
        return http().send(Request.get(path)).status();
    }

    /** What a program with this {@code Cookie} header is told. */
    Reply check(String cookies) {
        return http().send(Ask.program("/x").with("Cookie", cookies));
    }

    int port() {
        return tomcat.port();
    }

    String output() {
        return tomcat.output();
    }

    @Override
    public void close() {
        tomcat.close();
    }
}
