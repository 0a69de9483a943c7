package io.github.postern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherTest {
    static final Map<String, String> SMALLEST = Map.of(
            "OAUTH2_PROXY_PROVIDER", "keycloak-oidc",
            "OAUTH2_PROXY_CLIENT_ID", "akko-oauth2-proxy",
            "OAUTH2_PROXY_CLIENT_SECRET", "correct-horse",
            "OAUTH2_PROXY_OIDC_ISSUER_URL", "https://identity.akko.local/realms/akko",
            "OAUTH2_PROXY_COOKIE_SECRET", "wbn-10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d_k=",
            "OAUTH2_PROXY_EMAIL_DOMAINS", "*");

    @Test
    void tellsWhereToListenOnlyWhenAnOptionSaysSo() {
        assertThat(run(SMALLEST)).isEqualTo(new End(Launcher.SERVE, "", ""));
        assertThat(run(SMALLEST, "--http-address=[::1]:80"))
                .isEqualTo(new End(Launcher.SERVE, "POSTERN_ADDRESS=::1\nPOSTERN_PORT=80\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--version", "--version=true", "--version --fooo", "--version --config-test --config=/none"})
    void tellsTheVersionWhateverElseIsWrong(String flags) {
        var end = run(Map.of(), flags.split(" "));
        assertThat(end.code()).isEqualTo(Launcher.ANSWERED);
        assertThat(end.out()).matches("Postern \\d\\S* \\((commit \\S+, )?Java \\S+\\)\n");
        assertThat(end.err()).isEmpty();
    }

    @Test
    void tellsTheVersionOfTheServerItWouldRunOn(@TempDir Path home) throws IOException {
        var jar = Files.createDirectories(home.resolve("lib")).resolve("catalina.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("org/apache/catalina/util/ServerInfo.properties"));
            zip.write("server.info=Apache Tomcat/11.0.25\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(run(Map.of("CATALINA_HOME", home.toString()), "--version").out())
                .contains("Apache Tomcat/11.0.25, Java ");
        assertThat(run(Map.of("CATALINA_HOME", home.resolve("none").toString()), "--version")
                        .out())
                .doesNotContain("Tomcat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--fooo --help", "--cookie-secure=maybe --help=true"})
    void listsTheFlagsWhateverElseIsWrong(String flags) {
        var end = run(Map.of(), flags.split(" "));
        assertThat(end.code()).isEqualTo(Launcher.ANSWERED);
        assertThat(end.err()).isEmpty();
        assertThat(end.out())
                .startsWith("Usage: postern")
                .contains("\nCookies:\n", "\n  --cookie-secure\n", "\n  --email-domain=")
                .contains("docs/secrets.md")
                .doesNotContain("](", "`", "--github-org");
    }

    @Test
    @DisplayName("CFG-22 a good configuration is printed with where it came from, and no secret")
    void testsAGoodConfiguration() {
        var end = run(SMALLEST, "--config-test", "--cookie-secure=false");
        assertThat(end.code()).isEqualTo(Launcher.ANSWERED);
        assertThat(end.err()).isEmpty();
        assertThat(end.out().lines())
                .contains(
                        "client_id = \"akko-oauth2-proxy\"  # environment OAUTH2_PROXY_CLIENT_ID",
                        "cookie_secure = false  # flag",
                        "cookie_path = \"/\"  # default")
                .anyMatch(line -> line.startsWith("# WARNING: cookie-secure=false"))
                .anyMatch(line -> line.startsWith("# Apps are told who is signed in"))
                .last()
                .isEqualTo("configuration is valid");
        assertThat(end.out()).doesNotContain("correct-horse").doesNotContain("wbn-10QO");
    }

    @Test
    @DisplayName("CFG-22 a bad configuration is refused in the words of the start")
    void refusesABadConfigurationInTheWordsOfTheStart() {
        var wrong = new HashMap<>(SMALLEST);
        wrong.remove("OAUTH2_PROXY_CLIENT_ID");
        wrong.put("OAUTH2_PROXY_COOKIE_SAMESITE", "foo");
        var tested = run(wrong, "--config-test");
        assertThat(tested.code()).isEqualTo(Launcher.REFUSED);
        assertThat(tested.out()).isEmpty();
        assertThat(tested.err().lines())
                .containsExactly(
                        "Wrong setting: client-id: is missing; it is the client's id at the provider",
                        "Wrong setting: cookie-samesite: 'foo' is not one of lax, strict, none; lax suits most");
        assertThat(run(wrong)).isEqualTo(tested);
    }

    @Test
    void keepsAnEmptyWordInItsPlace() {
        assertThat(Launcher.flags(Map.of("POSTERN_ARGS", "--prompt\n\n--scope=a\n")))
                .containsExactly("--prompt", "", "--scope=a");
        assertThat(Launcher.flags(Map.of())).isEmpty();
    }

    @Test
    void testsOnlyWhenTheSwitchIsOn() {
        assertThat(run(SMALLEST, "--config-test=false").code()).isEqualTo(Launcher.SERVE);
        assertThat(run(SMALLEST, "--config-test=maybe").err())
                .isEqualTo("Wrong setting: config-test: true or false is expected, not 'maybe'\n");
    }

    @Test
    void takesWordsUpToTheNextFlagForTheQuestion() {
        var question = Launcher.Question.in(
                List.of("--a", "--explain", "alice", "GET", "https://h/p", "--groups", "a,b", "--b"));
        assertThat(question)
                .isEqualTo(new Launcher.Question(
                        List.of("--a", "--b"), true, List.of("alice", "GET", "https://h/p", "--groups", "a,b")));
        assertThat(Launcher.Question.in(List.of("--a")))
                .isEqualTo(new Launcher.Question(List.of("--a"), false, List.of()));
    }

    @Test
    void explainsADecision() {
        var end = run(SMALLEST, "--config-test", "--explain", "alice@akko.local", "GET", "https://akko.local/x");
        assertThat(end.code()).isEqualTo(Launcher.ANSWERED);
        assertThat(end.out()).contains("alice@akko.local", "There are no rules.", "Answer: ");
        assertThat(end.err()).isEmpty();
    }

    @Test
    void saysHowToAsk() {
        assertThat(run(SMALLEST, "--config-test", "--explain", "alice@akko.local")
                        .err())
                .startsWith("Wrong setting: --explain: ");
        assertThat(run(SMALLEST, "--config-test", "--explain", "alice@akko.local", "GET", "akko.local/x")
                        .err())
                .contains("is no request");
    }

    @Test
    void answersAQuestionOnlyWhereItIsATest() {
        assertThat(run(SMALLEST, "--explain", "alice@akko.local", "GET", "https://akko.local/x"))
                .isEqualTo(new End(
                        Launcher.REFUSED,
                        "",
                        "Wrong setting: --explain: is a question to --config-test; give that flag too\n"));
    }

    /** How the launcher ended. */
    private record End(int code, String out, String err) {}

    private static End run(Map<String, String> environment, String... flags) {
        var all = new HashMap<>(environment);
        all.put("POSTERN_ARGS", String.join("\n", flags));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = new Launcher(all, printer(out), printer(err)).run();
        return new End(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
