package io.github.postern.testbed;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Several Posterns with the same settings, as a Deployment would run them; a gateway leads sign-ins to the first. */
public final class Replicas implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final Site site;
    private final Optional<Certificate> certificate;
    private final List<Tomcat> tomcats;
    private final Gateway gateway;

    private Replicas(Site site, Optional<Certificate> certificate, List<Tomcat> tomcats, Gateway gateway) {
        this.site = site;
        this.certificate = certificate;
        this.tomcats = List.copyOf(tomcats);
        this.gateway = gateway;
    }

    /** What they stand among. */
    record Surroundings(
            Site site, Optional<Certificate> certificate, Backends backends, Path folder, String[] jvmOptions) {}

    static Replicas start(Surroundings parts, Map<String, String> usual, List<Map<String, String>> options) {
        List<Tomcat> tomcats = new ArrayList<>();
        try {
            for (var own : options) {
                var environment = new HashMap<>(usual);
                environment.putAll(own);
                tomcats.add(Tomcat.with(environment, Tomcat.freePort(), parts.jvmOptions())
                        .launch());
            }
            tomcats.forEach(Replicas::awaitReady);
            var backends = new Backends(
                    tomcats.get(0).port(),
                    parts.backends().keycloak(),
                    parts.backends().apps());
            var gateway =
                    Gateway.start(Gateway.Kind.BUILTIN, parts.site(), parts.certificate(), backends, parts.folder());
            return new Replicas(parts.site(), parts.certificate(), tomcats, gateway);
        } catch (RuntimeException e) {
            tomcats.forEach(Tomcat::close);
            throw e;
        }
    }

    private static void awaitReady(Tomcat tomcat) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (Probe.status(tomcat.uri("/ready")) != 200) {
            if (System.nanoTime() > end || !tomcat.isAlive()) {
                throw new IllegalStateException("a replica is not ready:\n" + tomcat.output());
            }
            pause();
        }
    }

    public Site site() {
        return site;
    }

    public Tomcat get(int replica) {
        return tomcats.get(replica);
    }

    public int count() {
        return tomcats.size();
    }

    /** A browser that has not been anywhere yet. */
    public Browser browser() {
        return new Browser(certificate);
    }

    /** Asks one replica, as a proxy does about a script's request to an app; the browser's cookies are sent, and none is taken. */
    public Message check(int replica, Browser browser) {
        var app = site.at("console", "/data");
        var fields = Fields.of(
                "Host", "127.0.0.1:" + get(replica).port(),
                "Accept", "application/json",
                "X-Forwarded-For", "127.0.0.1",
                "X-Forwarded-Host", app.getRawAuthority(),
                "X-Forwarded-Proto", app.getScheme(),
                "X-Forwarded-Method", "GET",
                "X-Forwarded-Uri", "/data");
        var cookie = browser.cookies().header(app);
        var asked = cookie.isEmpty() ? fields : fields.and("Cookie", cookie);
        URI address = get(replica).uri("/oauth2/auth");
        return browser.send(address, Message.request("GET", "/oauth2/auth", asked));
    }

    @Override
    public void close() {
        gateway.close();
        tomcats.forEach(Tomcat::close);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
