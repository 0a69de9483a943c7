package io.github.postern.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.gate.Refusal;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.users.Answer;
import io.github.postern.web.LoginFailure;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of symptoms speaks of what the log can say, and of all of it. */
final class TroubleshootingTest {
    private static final Markdown PAGE = Markdown.read(Path.of("docs", "troubleshooting.md"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+(?:-[a-z]+)*)` \\|");
    private static final Pattern REASON = Pattern.compile("\\b(?:reason|rule)=([A-Z][A-Z_]+)");
    private static final Pattern OF_EVENT = Pattern.compile("([a-z]+(?:-[a-z]+)*) reason=[A-Z_]+");
    /** A longer piece of a sentence than anything that is in code by chance. */
    private static final int PIECE = 12;

    @Test
    void listsEveryEvent() {
        var told = events();
        var missing = Stream.of(AuthLog.class.getDeclaredMethods())
                .filter(TroubleshootingTest::writesALine)
                .map(method -> words(method.getName()))
                .filter(name -> told.stream().noneMatch(event -> event.endsWith(name)))
                .toList();
        assertThat(missing).as("events that the page does not list").isEmpty();
    }

    @Test
    void listsNoEventThatTheLogDoesNotHave() throws IOException {
        var source = source(Path.of("src/main/java/io/github/postern/telemetry"));
        assertThat(events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(source).containsPattern("\"" + event + "[ \"]"));
        var named = PAGE.codes().stream()
                .map(OF_EVENT::matcher)
                .filter(match -> match.matches())
                .map(match -> match.group(1))
                .toList();
        assertThat(events()).containsAll(named);
    }

    @Test
    void namesEveryReasonAndNoOther() {
        var told =
                REASON.matcher(PAGE.text()).results().map(hit -> hit.group(1)).collect(Collectors.toSet());
        assertThat(told).isEqualTo(reasons());
    }

    @Test
    void quotesSentencesAsTheCodeHasThem() throws IOException {
        var source = source(Path.of("src/main/java"));
        var pieces = PAGE.codes().stream()
                .filter(code ->
                        code.contains("…") && code.contains(" ") && !code.contains("reason=") && !code.startsWith("{"))
                .flatMap(code -> Stream.of(code.split("…")))
                .map(String::strip)
                .filter(piece -> piece.length() >= PIECE)
                .toList();
        assertThat(pieces).isNotEmpty().allSatisfy(piece -> assertThat(source).contains(piece));
    }

    private static Set<String> events() {
        var table = PAGE.text().substring(PAGE.text().indexOf("## All events"));
        return ROW.matcher(table).results().map(hit -> hit.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> reasons() {
        return Stream.<Enum<?>[]>of(LoginFailure.values(), Refusal.Rule.values(), Answer.Kind.values())
                .flatMap(Stream::of)
                .filter(reason -> reason != Answer.Kind.RIGHT)
                .map(Enum::name)
                .collect(Collectors.toSet());
    }

    private static boolean writesALine(Method method) {
        return Modifier.isPublic(method.getModifiers()) && method.getReturnType() == void.class;
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** All code below, with texts that go on in the next line put together. */
    private static String source(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            List<Path> code =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            var text = new StringBuilder();
            for (var file : code) {
                text.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
            }
            return text.toString();
        }
    }
}
