package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.Settings.Notice;
import io.github.postern.config.Standing.Effect;
import io.github.postern.testbed.Certificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations as deployments of oauth2-proxy have them start unchanged, or are refused with a line for each thing we cannot do. */
final class DeploymentsTest {
    private static final Certificate PAIR = Certificate.create("shop.test", Path.of("target", "deployment-pair"));

    @TempDir
    private Path folder;

    /** One block of the table. */
    private record Deployment(String name, List<String> lines) {
        /** What follows the word in the lines that begin with it. */
        List<String> all(String word) {
            return lines.stream()
                    .filter(line -> line.startsWith(word + " "))
                    .map(line -> line.substring(word.length() + 1))
                    .toList();
        }

        /** The table's word on what it does not support yet; nothing once it does. */
        Stream<String> later() {
            return all("later").stream()
                    .map(name -> Option.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                    .filter(option -> option.standing().effect() == Effect.MISTAKE)
                    .map(option -> option.flag() + ": " + option.standing().sentence());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void startsOrIsRefusedLineByLine(Deployment deployment) throws IOException {
        var expected = Stream.concat(deployment.all("wrong").stream(), deployment.later())
                .toList();
        var flags = deployment.all("flag").stream().map(this::placed).toList();
        prepare(deployment);
        List<Notice> notices = List.of();
        List<String> mistakes = List.of();
        try {
            notices = SettingsReader.read(flags, environment(deployment)).notices();
        } catch (InvalidSettings e) {
            mistakes = e.mistakes();
        }
        assertThat(mistakes).containsExactlyInAnyOrderElementsOf(expected);
        if (expected.isEmpty()) {
            assertTold(notices, true, deployment.all("warn"));
            assertTold(notices, false, deployment.all("note"));
        }
    }

    private static void assertTold(List<Notice> notices, boolean weak, List<String> beginnings) {
        assertThat(beginnings)
                .allSatisfy(beginning -> assertThat(notices)
                        .filteredOn(notice -> notice.weak() == weak)
                        .extracting(Notice::text)
                        .anyMatch(text -> text.startsWith(beginning)));
    }

    private Map<String, String> environment(Deployment deployment) {
        return deployment.all("env").stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> placed(pair[1])));
    }

    private void prepare(Deployment deployment) throws IOException {
        Files.writeString(folder.resolve("emails.txt"), "alice@shop.test\n");
        Files.writeString(folder.resolve("secret"), "tulip-9-harbour\n");
        Files.writeString(folder.resolve("ca.pem"), Samples.CERTIFICATE);
        Files.copy(PAIR.chain(), folder.resolve("tls.crt"));
        Files.copy(PAIR.key(), folder.resolve("tls.key"));
        Files.write(
                folder.resolve("settings.cfg"),
                deployment.all("file").stream().map(this::placed).toList());
    }

    /** Files lie in this test's own folder. */
    private String placed(String text) {
        return text.replace("{folder}", folder.toString())
                .replaceFirst("^(-?-config=)/.*", "$1" + folder.resolve("settings.cfg"));
    }

    private static Stream<Deployment> deployments() throws IOException {
        try (var in = DeploymentsTest.class.getResourceAsStream("deployments.txt")) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^== ")).skip(1).map(DeploymentsTest::deployment).toList().stream();
        }
    }

    private static Deployment deployment(String block) {
        var lines = block.lines().toList();
        return new Deployment(lines.get(0), lines.subList(1, lines.size()));
    }
}
