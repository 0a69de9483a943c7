package io.github.postern.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Traefik on a free port of loopback, with whatever its file of routes says. */
public final class TraefikServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Program program;
    private final int port;

    private TraefikServer(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Whether there is a Traefik on the PATH. */
    public static boolean present() {
        return Gateway.Kind.TRAEFIK.present();
    }

    /**
     * A running one.
     *
     * @param folder for its configuration and log
     * @param routes routers, middlewares and services of HTTP, as a file of Traefik's in YAML or JSON names them
     * @param known a path that one of them serves with 200 when all is ready
     */
    public static TraefikServer start(Path folder, String routes, String known) {
        int port = Tomcat.freePort();
        Path file = write(folder.resolve("dynamic.yaml"), routes);
        var program = Program.start(
                "traefik",
                folder,
                Map.of(),
                List.of(
                        Gateway.Kind.TRAEFIK.program().orElseThrow().toString(),
                        "--global.checkNewVersion=false",
                        "--global.sendAnonymousUsage=false",
                        "--entryPoints.web.address=127.0.0.1:" + port,
                        "--providers.file.filename=" + file.toAbsolutePath(),
                        "--providers.file.watch=false"));
        var traefik = new TraefikServer(program, port);
        try {
            program.await(PATIENCE, () -> Probe.status(traefik.uri(known)) == 200);
        } catch (RuntimeException e) {
            traefik.close();
            throw e;
        }
        return traefik;
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        program.close();
    }
}
