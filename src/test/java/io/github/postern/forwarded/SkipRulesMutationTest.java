package io.github.postern.forwarded;

import static io.github.postern.config.ForwardedSettings.Source.X_FORWARDED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.re2j.Pattern;
import io.github.postern.config.AdmissionSettings;
import io.github.postern.config.AdmissionSettings.SkipRoute;
import io.github.postern.fakes.FakeRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A million requests nobody thought of: a rule for {@code ^/public/} never opens another path. */
final class SkipRulesMutationTest {
    private static final int PATHS = 1_000_000;
    private static final int QUESTIONS = 100_000;
    private static final String[] PIECES = {
        "/public/",
        "/public",
        "public/",
        "/",
        "//",
        "secret",
        "/secret/",
        "..",
        ".",
        "/../",
        "/./",
        "%2e",
        "%2E%2e",
        "%2f",
        "%5C",
        "\\",
        ";",
        ";x=/",
        "..;/",
        "%3b",
        "%00",
        "%25",
        "%252e",
        "%",
        "%7",
        "?",
        "?/public/",
        "#",
        "%23",
        "%3f",
        " ",
        "%20",
        "%70",
        "%c0%af",
        "\u00c3\u00a9",
        "\u00ff",
        "x",
        "PUBLIC",
        "@",
        ":",
        "%0a",
        "|",
        "\u007f",
        "*"
    };

    private static final java.util.regex.Pattern PARAMETERS = java.util.regex.Pattern.compile(";[^/]*");

    private final SkipRules rules = new SkipRules(new AdmissionSettings(
            List.of("*"),
            List.of(),
            List.of(new SkipRoute(Optional.empty(), false, Pattern.compile("^/public/"))),
            false,
            List.of()));

    @Test
    void noPathSlipsThrough() {
        var random = new Random(20_261_124);
        int granted = 0;
        for (int round = 0; round < PATHS; round++) {
            String raw = path(random);
            if (rules.grants(Forwarded.certain("GET", AsciiUri.of(raw, ISO_8859_1)))) {
                granted++;
                assertPublic(raw);
            }
        }
        assertThat(granted)
                .as("the rule opens something, so that it can be wrong")
                .isBetween(PATHS / 100, PATHS / 2);
    }

    @Test
    void noQuestionSlipsThrough() {
        var random = new Random(41);
        int granted = 0;
        for (int round = 0; round < QUESTIONS; round++) {
            String one = path(random);
            String other = random.nextInt(4) == 0 ? one : path(random);
            int lines = random.nextInt(3);
            boolean stranger = random.nextInt(4) == 0;
            var question = FakeRequest.get(path(random)).from(stranger ? "192.0.2.1" : "127.0.0.1");
            List.of(one, other).subList(0, lines).forEach(uri -> question.header("X-Forwarded-Uri", uri));
            boolean second = random.nextInt(4) == 0;
            if (second) {
                question.header("X-Original-URL", "https://app.akko.local" + other);
            }
            if (rules.grants(Forwarded.reader(X_FORWARDED).read(question.toRequest()))) {
                granted++;
                assertThat(stranger).isFalse();
                assertThat(lines).isEqualTo(1);
                assertThat(!second || other.equals(one)).isTrue();
                assertPublic(one);
            }
        }
        assertThat(granted).isGreaterThan(QUESTIONS / 1000);
    }

    private static String path(Random random) {
        var path = new StringBuilder(random.nextBoolean() ? "/public/" : "/");
        for (int piece = random.nextInt(6); piece > 0; piece--) {
            path.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return path.toString();
    }

    /** However often it is decoded, with and without parameters, with dots resolved: it lies in /public. */
    private static void assertPublic(String raw) {
        String path = raw.split("\\?", 2)[0];
        for (int round = 0; round < 3; round++) {
            if (!isPublic(path) || !isPublic(PARAMETERS.matcher(path).replaceAll(""))) {
                fail("%s was granted, and may be read as %s".formatted(raw, path));
            }
            path = decoded(path);
        }
    }

    private static boolean isPublic(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.replace('\\', '/').split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "public".equals(names.peekFirst());
    }

    private static String decoded(String path) {
        var text = new StringBuilder();
        for (int index = 0; index < path.length(); index++) {
            int octet = AsciiUri.octet(path, index);
            text.append(octet < 0 ? path.charAt(index) : (char) octet);
            index += octet < 0 ? 0 : 2;
        }
        return text.toString();
    }
}
