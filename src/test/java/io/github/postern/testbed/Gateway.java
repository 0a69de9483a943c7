package io.github.postern.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A reverse proxy on the site's port that asks Postern about each request to an app. */
public final class Gateway implements AutoCloseable {
    /** The proxies we have a configuration for. */
    public enum Kind {
        TRAEFIK,
        CADDY,
        NGINX,
        HAPROXY,
        ENVOY,
        APACHE,
        BUILTIN;

        /** The kind of this name, as one writes it after {@code --gateway=}. */
        public static Optional<Kind> named(String name) {
            return Stream.of(values()).filter(kind -> kind.label().equals(name)).findFirst();
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it can be started here: its program is on the PATH, or none is needed. */
        public boolean present() {
            return this == BUILTIN || program().isPresent();
        }

        Optional<Path> program() {
            // Debian puts servers where an ordinary user's PATH does not look
            var folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
            return Stream.of(folders.split(File.pathSeparator))
                    .map(folder -> Path.of(folder, this == APACHE ? "apache2" : label()))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AutoCloseable running;

    private Gateway(AutoCloseable running) {
        this.running = running;
    }

    /**
     * Starts a proxy and waits until it serves.
     *
     * @param certificate for a site with https
     * @param folder for its configuration and log; emptied first
     */
    public static Gateway start(
            Kind kind, Site site, Optional<Certificate> certificate, Backends backends, Path folder) {
        if (kind == Kind.BUILTIN) {
            return new Gateway(BuiltInGateway.start(site, certificate, backends));
        }
        var home = emptied(folder.toAbsolutePath());
        var program = kind.program().orElseThrow(() -> new IllegalStateException(kind.label() + " is not on the PATH"));
        var command = new GatewayFiles(site, certificate, backends, home).command(kind, program.toString());
        // Caddy would keep its state in the user's home
        var environment = Map.of("XDG_DATA_HOME", home.toString(), "XDG_CONFIG_HOME", home.toString());
        var process = Program.start(kind.label(), home, environment, command);
        try {
            process.await(PATIENCE, () -> serves(site, certificate));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return new Gateway(process);
    }

    /** The first of these that is here; the built-in one is last and always is. */
    public static Kind firstPresent() {
        return Stream.of(Kind.TRAEFIK, Kind.CADDY, Kind.NGINX, Kind.BUILTIN)
                .filter(Kind::present)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (Exception e) {
            throw new IllegalStateException("the gateway does not stop", e);
        }
    }

    /** An open port is not enough: some listen before their routes are known and answer 404 until then. */
    private static boolean serves(Site site, Optional<Certificate> certificate) {
        try {
            return new Browser(certificate).get(site.home("/ping"), Fields.NONE).status() != 404;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static Path emptied(Path folder) {
        try {
            if (Files.exists(folder)) {
                Cache.delete(folder);
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
