package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.testbed.CatalinaBase;
import io.github.postern.testbed.Tomcat;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/postern-train} makes archives of classes that {@code bin/postern} starts with, and starts without where they do not fit. */
final class TrainingIT {
    private static final long MINUTES = 4;
    private static final String SECRET = "c2VjcmV0IG9mIHdob2V2ZXIgdHJhaW5zIHBvc3Rlcm4=";
    private static final String LOADED = "shared objects file";
    private static final Path BASE = CatalinaBase.create();

    @TempDir
    private static Path archives;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws Exception {
        var training = command(Map.of("OAUTH2_PROXY_COOKIE_SECRET", SECRET), "postern-train", archives.toString());
        var process = training.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    @Test
    void everybodyMayReadTheArchivesAndNobodyWriteThem() throws IOException {
        assertThat(files(archives))
                .hasSize(2)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("r--r--r--"));
    }

    @Test
    void theArchivesHoldNoSettings() throws IOException {
        for (var file : files(archives)) {
            var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertThat(text.contains("io/github/postern/config/SettingsReader")).isTrue();
            // of whoever trains, and of the training
            assertThat(text.contains(SECRET)).isFalse();
            assertThat(text.contains("realms/training")).isFalse();
            assertThat(text.contains("CiuYJ+VIlp5N")).isFalse();
        }
    }

    @Test
    void theServersClassesComeFromTheArchive() throws Exception {
        var log = startAndListLoadedClasses(archives);
        assertThat(log.filter(line -> line.contains(" io.github.postern.web.AuthServlet ")))
                .singleElement()
                .asString()
                .contains(LOADED);
    }

    @Test
    void theLaunchersClassesComeFromTheArchive() throws Exception {
        var log = folder.resolve("launcher.log");
        var process = command(
                        Map.of(
                                "POSTERN_ARCHIVES",
                                archives.toString(),
                                "JAVA_TOOL_OPTIONS",
                                "-Xlog:class+load:file=" + log),
                        "postern",
                        "--config-test")
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        try (var lines = Files.lines(log)) {
            assertThat(lines.filter(line -> line.contains(" io.github.postern.config.SettingsReader ")))
                    .singleElement()
                    .asString()
                    .contains(LOADED);
        }
    }

    @Test
    void startsWithAnArchiveOfAnotherWorld() throws Exception {
        for (var file : files(archives)) {
            var other = folder.resolve("other").resolve(archives.relativize(file));
            Files.createDirectories(other.getParent());
            Files.write(other, new byte[100_000]);
        }
        var log = startAndListLoadedClasses(folder.resolve("other"));
        assertThat(log.filter(line -> line.contains(" io.github.postern.web.AuthServlet ")))
                .singleElement()
                .asString()
                .doesNotContain(LOADED);
    }

    @Test
    void anArchiveThatDoesNotFitIsToldOnStandardErrorOnly() throws Exception {
        var release = files(archives).get(0).getParent().getFileName();
        var other = Files.createDirectories(folder.resolve(release));
        Files.write(other.resolve("launcher.jsa"), new byte[100_000]);
        var process = command(Map.of("POSTERN_ARCHIVES", folder.toString()), "postern", "--version")
                .redirectErrorStream(false)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said).startsWith("Postern ").hasLineCount(1);
    }

    /** Starts the server, waits until it answers, and ends it. */
    private Stream<String> startAndListLoadedClasses(Path archives) throws Exception {
        var log = folder.resolve("server.log");
        int port = Tomcat.freePort();
        var process = command(
                        Map.of(
                                "POSTERN_ARCHIVES",
                                archives.toString(),
                                "POSTERN_PORT",
                                Integer.toString(port),
                                "OAUTH2_PROXY_SHUTDOWN_DELAY",
                                "0",
                                "CATALINA_OPTS",
                                "-Xlog:class+load:file=" + log),
                        "postern")
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            assertThat(answers(port, process)).as(folder + "/output").isTrue();
        } finally {
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        return Files.readAllLines(log).stream();
    }

    private static boolean answers(int port, Process process) throws InterruptedException {
        for (int i = 0; i < MINUTES * 600 && process.isAlive(); i++) {
            try (var socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write("GET /ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                return answer.startsWith("HTTP/1.1 200");
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        return false;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static ProcessBuilder command(Map<String, String> changes, String script, String... arguments) {
        var builder = EntryPoint.inTomcat(script, BASE, arguments);
        builder.environment().putAll(changes);
        return builder;
    }
}
