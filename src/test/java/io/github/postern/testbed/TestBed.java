package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All parts at work: Keycloak, Postern in Tomcat, three apps, and a gateway that can be changed for another. */
public final class TestBed implements AutoCloseable {
    private static final String TOMCAT = "org.apache.tomcat:tomcat:11.0.25:tar.gz";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Site site;
    private final Optional<Certificate> certificate;
    private final Path folder;
    private final Keycloak keycloak;
    private final Backends backends;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Optional<Gateway> gateway = Optional.empty();
    private Optional<Tomcat> postern = Optional.empty();

    private TestBed(Site site, Path folder, Cache cache) {
        this.site = site;
        this.folder = folder.toAbsolutePath();
        this.certificate = site.secure()
                ? Optional.of(Certificate.create(site.domain(), this.folder.resolve("tls")))
                : Optional.empty();
        var apps = Apps.start();
        parts.push(apps);
        this.keycloak = Keycloak.launch(cache, site, this.folder.resolve("keycloak"));
        parts.push(keycloak);
        this.backends = new Backends(Tomcat.freePort(), keycloak.port(), apps);
    }

    /**
     * Starts everything and waits until somebody can sign in.
     *
     * @param folder for configuration and logs of the parts
     * @param teller hears what is being done
     * @param options Postern's environment beyond what {@link #environment} gives it
     */
    public static TestBed start(
            Site site, Gateway.Kind kind, Path folder, Consumer<String> teller, Map<String, String> options) {
        var cache = Cache.ofUser(teller);
        // surefire and the demo may bring their own
        if (System.getProperty("tomcat.home") == null) {
            System.setProperty(
                    "tomcat.home", cache.distribution(TOMCAT, "15 MB").toString());
        }
        teller.accept("Starting Keycloak " + Keycloak.VERSION);
        var bed = new TestBed(site, folder, cache);
        try {
            teller.accept("Starting the gateway: " + kind.label());
            bed.use(kind);
            bed.keycloak.ready();
            teller.accept("Starting Postern in Tomcat");
            bed.startPostern(options);
            return bed;
        } catch (RuntimeException e) {
            bed.close();
            throw e;
        }
    }

    /** Stops the gateway and starts another on the same port. */
    public void use(Gateway.Kind kind) {
        gateway.ifPresent(Gateway::close);
        gateway = Optional.empty();
        gateway = Optional.of(Gateway.start(kind, site, certificate, backends, folder.resolve(kind.label())));
    }

    public Site site() {
        return site;
    }

    /** From now on the apps answer this path with this page. */
    public void show(String path, String html) {
        backends.apps().show(path, html);
    }

    /** An address on the bed's own Postern, past the gateway. */
    public URI postern(String path) {
        return URI.create("http://127.0.0.1:" + backends.postern() + path);
    }

    /** The identity provider. */
    public Keycloak keycloak() {
        return keycloak;
    }

    /**
     * Replicas of Postern beside the bed's own, behind a gateway on a site of their own, all with this bed's Keycloak.
     *
     * @param options each replica's environment beyond the usual one
     */
    public Replicas replicas(List<Map<String, String>> options) {
        var own = Site.firstFree(Site.forTests());
        return Replicas.start(beside(own, "replicas"), usual(own), options);
    }

    /** A Postern of its own behind the nginx that ingress-nginx would write, on a site of its own, with this bed's Keycloak. */
    public IngressNginx ingressNginx(Map<String, String> options) {
        var own = Site.firstFree(Site.forTests());
        var environment = usual(own);
        environment.putAll(options);
        return IngressNginx.start(beside(own, "ingress-nginx"), environment);
    }

    private Replicas.Surroundings beside(Site own, String name) {
        return new Replicas.Surroundings(own, certificate, backends, folder.resolve(name), jvmOptions());
    }

    private Map<String, String> usual(Site own) {
        var usual = environment(own);
        usual.put("OAUTH2_PROXY_OIDC_ISSUER_URL", site.issuer().toString());
        return usual;
    }

    /** A browser that has not been anywhere yet. */
    public Browser browser() {
        return new Browser(certificate);
    }

    /** A client for HTTP/2, on a site with https. */
    public Http2 http2() {
        return new Http2(certificate.orElseThrow());
    }

    /** What the bed's own Postern has written so far. */
    public String log() {
        return postern.map(Tomcat::output).orElse("");
    }

    /** Postern's settings: what the main page of the documentation shows, for this site. */
    public static Map<String, String> environment(Site site) {
        var environment = new TreeMap<String, String>();
        environment.put("OAUTH2_PROXY_PROVIDER", "keycloak-oidc");
        environment.put("OAUTH2_PROXY_OIDC_ISSUER_URL", site.issuer().toString());
        environment.put("OAUTH2_PROXY_CLIENT_ID", Realm.CLIENT);
        environment.put("OAUTH2_PROXY_CLIENT_SECRET", Realm.CLIENT_SECRET);
        environment.put("OAUTH2_PROXY_COOKIE_NAME", "_akko_oauth2");
        environment.put("OAUTH2_PROXY_COOKIE_SECRET", secret());
        environment.put("OAUTH2_PROXY_COOKIE_DOMAINS", "." + site.domain());
        environment.put("OAUTH2_PROXY_COOKIE_SECURE", Boolean.toString(site.secure()));
        environment.put("OAUTH2_PROXY_COOKIE_SAMESITE", "lax");
        environment.put("OAUTH2_PROXY_UPSTREAMS", "static://200");
        environment.put(
                "OAUTH2_PROXY_REDIRECT_URL", site.home("/oauth2/callback").toString());
        environment.put("OAUTH2_PROXY_EMAIL_DOMAINS", "*");
        return environment;
    }

    @Override
    public void close() {
        gateway.ifPresent(Gateway::close);
        gateway = Optional.empty();
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private void startPostern(Map<String, String> options) {
        var settings = environment(site);
        settings.putAll(options);
        var tomcat = Tomcat.with(settings, backends.postern(), jvmOptions());
        parts.push(tomcat);
        postern = Optional.of(tomcat);
        tomcat.start();
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (Probe.status(tomcat.uri("/ready")) != 200) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Postern is not ready:\n" + tomcat.output());
            }
            pause();
        }
    }

    private String[] jvmOptions() {
        try {
            var hosts = Files.writeString(folder.resolve("hosts"), site.hostsFile());
            List<String> options = new ArrayList<>(List.of("-Djdk.net.hosts.file=" + hosts));
            certificate.ifPresent(ours -> {
                options.add("-Djavax.net.ssl.trustStore=" + ours.keyStore());
                options.add("-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD);
            });
            return options.toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException("a part of the test bed does not stop", e);
        }
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
