package io.github.postern.web;

import jakarta.security.enterprise.CallerPrincipal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Tomcat, on loopback, that serves the {@link Gallery} from the compiled pages. */
final class GalleryTomcat implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private GalleryTomcat(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static GalleryTomcat start(Path base) throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("tomcat.home", "target/apache-tomcat-11.0.25"));
        var port = freePort();
        assemble(base, port);
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
                        "-Dcatalina.home=" + home.toAbsolutePath(),
                        "-Dcatalina.base=" + base.toAbsolutePath(),
                        "-Djava.io.tmpdir="
                                + Files.createDirectories(base.resolve("temp")).toAbsolutePath(),
                        "org.apache.catalina.startup.Bootstrap",
                        "start")
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("tomcat.log").toFile())
                .start();
        var tomcat = new GalleryTomcat(process, port);
        tomcat.awaitStart(base);
        return tomcat;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/" + path);
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** The application holds the pages, what they need, and nothing that starts a gateway. */
    private static void assemble(Path base, int port) throws IOException {
        var inf = base.resolve("webapps/ROOT/WEB-INF");
        for (var part : List.of("io/github/postern", "org/apache/jsp")) {
            copy(Path.of("target/classes", part), inf.resolve("classes").resolve(part));
        }
        copy(Path.of("target/test-classes/io/github/postern/web"), inf.resolve("classes/io/github/postern/web"));
        copy(Path.of("src/main/webapp/WEB-INF/assets"), inf.resolve("assets"));
        Files.createDirectories(inf.resolve("lib"));
        for (var library : List.of(
                CallerPrincipal.class,
                jakarta.servlet.jsp.jstl.core.Config.class,
                org.apache.taglibs.standard.tag.rt.core.OutTag.class)) {
            var jar = jarOf(library);
            Files.copy(jar, inf.resolve("lib").resolve(jar.getFileName()));
        }
        Files.writeString(inf.resolve("web.xml"), webXml());
        Files.createDirectories(base.resolve("conf"));
        Files.createDirectories(base.resolve("logs"));
        Files.writeString(base.resolve("conf/server.xml"), """
                <Server port="-1"><Service name="Catalina">
                  <Connector port="%d" address="127.0.0.1"/>
                  <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps" autoDeploy="false"/></Engine>
                </Service></Server>
                """.formatted(port));
    }

    /** The mappings of the compiled pages, as the build wrote them, and the gallery's listener. */
    private static String webXml() throws IOException {
        var built = Files.readString(Path.of("target/jspc/WEB-INF/web.xml"));
        var start = "<!-- JSPC servlet mappings start -->";
        var mappings = built.substring(built.indexOf(start), built.indexOf("<!-- JSPC servlet mappings end -->"));
        return """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1" metadata-complete="true">
                  <listener><listener-class>%s</listener-class></listener>
                  %s
                </web-app>
                """.formatted(GalleryListener.class.getName(), mappings);
    }

    private void awaitStart(Path base) throws IOException, InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(200);
            }
        }
        close();
        throw new IOException("Tomcat did not start: " + Files.readString(base.resolve("tomcat.log")));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path jarOf(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException unusable) {
            throw new IOException(unusable);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
