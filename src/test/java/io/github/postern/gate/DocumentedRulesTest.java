package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.AccessRule;
import io.github.postern.config.AdmissionSettings;
import io.github.postern.config.AppHeaders;
import io.github.postern.config.RuleBook;
import io.github.postern.config.RuleBooks;
import io.github.postern.forwarded.SkipRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that the documentation shows are read without a mistake, and do what the page says. */
final class DocumentedRulesTest {
    private static final Path DOCS = Path.of("docs");
    private static final Pattern RULES = Pattern.compile("(?ms)^```toml\\n(.*?)^```$");

    @ParameterizedTest
    @ValueSource(strings = {"access-rules.md", "apps/grafana.md", "apps/opensearch-dashboards.md", "apps/portal.md"})
    void areReadWithoutAMistake(String page) {
        assertThat(blocks(page))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(RuleBooks.of(block).rules()).isNotEmpty());
    }

    @Test
    void sayOfLiteLlmTheSameOnBothPages() {
        var all = RuleBooks.of(blocks("access-rules.md").get(2));
        var own = RuleBooks.of(text("apps/litellm/access-rules.toml"));
        assertThat(described(all)).isNotEmpty().isEqualTo(described(own));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "/ops,   https://grafana.akko.local/,             told",
        "/ops,   https://grafana.akko.local/api/user,     told",
        "/other, https://grafana.akko.local/api/user,     refused",
        "'',     https://grafana.akko.local/api/user,     sign-in",
        "'',     https://grafana-api.akko.local/api/user, open",
        "/ops,   https://grafana-api.akko.local/api/user, open",
        "/ops,   https://grafana-api.akko.local/login,    refused",
        "'',     https://grafana-api.akko.local/login,    refused",
    })
    void letIntoGrafanaWhoTheyShould(String group, String url, String outcome) {
        var book = RuleBooks.of(String.join("\n", blocks("apps/grafana.md")));
        assertThat(outcome(decide(book, group, url))).isEqualTo(outcome);
    }

    private static Verdict decide(RuleBook book, String group, String url) {
        var settings = new AdmissionSettings(List.of("*"), List.of(), List.of(), false, List.of());
        var options = new AdmissionRules(settings);
        var decisions =
                new Decisions(new AccessRules(() -> book), options, new SkipRules(settings), () -> AskedFor.NOW);
        var asked = AskedFor.certain("GET " + url);
        return group.isEmpty()
                ? decisions.ofNobody(asked, "")
                : decisions.of(AskedFor.in(group), true, () -> asked, "");
    }

    private static String outcome(Verdict verdict) {
        if (verdict instanceof Verdict.Pass pass) {
            return pass.headers().equals(AppHeaders.NONE) ? "open" : "told";
        }
        return verdict instanceof Verdict.Refused ? "refused" : "sign-in";
    }

    private static List<String> described(RuleBook book) {
        return book.rules().stream()
                .filter(rule -> rule.scope().hosts().contains("litellm.akko.local"))
                .map(DocumentedRulesTest::described)
                .toList();
    }

    private static String described(AccessRule rule) {
        return rule.name() + " of " + rule.scope().paths() + rule.scope().methods() + " for " + rule.who();
    }

    private static List<String> blocks(String page) {
        return RULES.matcher(text(page)).results().map(found -> found.group(1)).toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(DOCS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
