package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real Keycloak with the realm of {@link Realm}, without Docker and without a shell.
 *
 * <p>Two things are done once and kept in the cache, as they cost more than the start itself: Quarkus's build step, and the
 * import of the realm into a database file. Each start works on a copy of that file.
 */
public final class Keycloak implements AutoCloseable {
    public static final String VERSION = "26.7.3";
    public static final String ADMIN = "admin";
    public static final String ADMIN_PASSWORD = "admin-pw";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String DATABASE = "data/h2/keycloakdb.mv.db";
    private static final Map<String, String> FIRST_ADMIN =
            Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);

    private final Path home;
    private final List<String> command;
    private final int port;
    private Program program;

    private Keycloak(Path home, List<String> command, int port) {
        this.home = home;
        this.command = command;
        this.port = port;
        this.program = Program.start("keycloak", home, Map.of(), command);
    }

    /**
     * Starts a server on a free loopback port and does not wait for it.
     *
     * @param site where it is reached and its client is used; another one of {@link Site} needs no new import
     * @param folder where database and log lie while it runs; emptied first
     */
    public static Keycloak launch(Cache cache, Site site, Path folder) {
        var distribution = built(cache);
        var seed = seed(cache, distribution, Realm.json(openTo(site)));
        var port = Tomcat.freePort();
        try {
            var home = home(folder.toAbsolutePath(), distribution);
            Files.createDirectories(home.resolve(DATABASE).getParent());
            Files.copy(seed.resolve("keycloakdb.mv.db"), home.resolve(DATABASE));
            var command = command(
                    distribution,
                    home,
                    "start",
                    "--optimized",
                    "--cache=local",
                    "--http-enabled=true",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--proxy-headers=xforwarded",
                    "--hostname=" + site.at(Site.IDENTITY, ""));
            return new Keycloak(home, command, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the realm answers; three minutes at most. */
    public Keycloak ready() {
        var discovery = uri("/realms/" + Realm.NAME + "/.well-known/openid-configuration");
        program.await(PATIENCE, () -> Probe.status(discovery) == 200);
        return this;
    }

    /** Ends the server; what it keeps in its database outlives it. */
    public void stop() {
        program.close();
    }

    /** Starts it again with the same database and port, and does not wait for it. */
    public void restart() {
        program = Program.start("keycloak", home, Map.of(), command);
    }

    public int port() {
        return port;
    }

    /** An address on the server itself, past the gateway. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public Path log() {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
    }

    private static List<Site> openTo(Site site) {
        return Stream.of(Site.forDemo(), Site.forTests(), List.of(site))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The distribution after Quarkus's build step for a database in a file. */
    private static Path built(Cache cache) {
        return cache.distribution("org.keycloak:keycloak-quarkus-dist:" + VERSION + ":zip", "177 MB", home -> {
            cache.tell("Building Keycloak for its database (20 s, once)");
            run("keycloak-build", command(home, home, "build", "--db=dev-file"), home);
        });
    }

    /** A folder with the database that holds this realm, named by the realm so that a changed one is imported anew. */
    private static Path seed(Cache cache, Path distribution, String realm) {
        return cache.folder("keycloak-" + VERSION + "-realm-" + digest(realm), making -> {
            cache.tell("Importing the realm into Keycloak (20 s, once)");
            var work = Files.createTempDirectory("postern-realm-");
            try {
                var home = home(work.resolve("home"), distribution);
                var file = Files.writeString(work.resolve("realm.json"), realm);
                run("keycloak-import", command(distribution, home, "import", "--optimized", "--file=" + file), home);
                Files.copy(home.resolve(DATABASE), making.resolve("keycloakdb.mv.db"));
            } finally {
                Cache.delete(work);
            }
        });
    }

    /** A folder that is a Keycloak's home without being a copy: what never changes is linked. */
    private static Path home(Path folder, Path distribution) throws IOException {
        if (Files.exists(folder)) {
            Cache.delete(folder);
        }
        Files.createDirectories(folder);
        for (var part : List.of("lib", "conf", "providers", "themes", "version.txt")) {
            Files.createSymbolicLink(folder.resolve(part), distribution.resolve(part));
        }
        return folder;
    }

    private static void run(String name, List<String> command, Path folder) {
        Program.start(name, folder, FIRST_ADMIN, command).awaitEnd(PATIENCE);
    }

    /** What kc.sh would run, with a small heap and the quick compiler only. */
    private static List<String> command(Path distribution, Path home, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms64m", "-Xmx256m"));
        command.addAll(List.of("-XX:MetaspaceSize=96m", "-Dfile.encoding=UTF-8"));
        for (var opened : List.of("java.lang", "java.util", "java.util.concurrent", "java.security")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory");
        command.add("-Dkc.home.dir=" + home);
        command.add("-Djboss.server.config.dir=" + home.resolve("conf"));
        command.add("-cp");
        command.add(distribution.resolve("lib/quarkus-run.jar").toString());
        command.add("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
        command.addAll(List.of(arguments));
        return command;
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
