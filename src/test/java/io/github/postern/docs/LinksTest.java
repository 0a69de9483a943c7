package io.github.postern.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links in the documentation lead somewhere, and it names no setting that does not exist. */
final class LinksTest {
    private static final Pattern VARIABLE = Pattern.compile("OAUTH2_PROXY_[A-Z][A-Z0-9_]*[A-Z0-9]");
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| `?([A-Z0-9_]*)`? \\|");
    private static final Pattern ASSIGNMENT = Pattern.compile("([a-z]+(?:-[a-z]+)+)=\\S*");

    static Stream<Markdown> pages() {
        return Markdown.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileAndAHeading(Markdown page) {
        var broken = new ArrayList<String>();
        for (var link : page.links()) {
            if (!leads(page, link)) {
                broken.add(link);
            }
        }
        assertThat(broken).as("links of %s that lead nowhere", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyVariableIsOne(Markdown page) {
        var named = new HashSet<>(
                VARIABLE.matcher(page.text()).results().map(hit -> hit.group()).toList());
        named.removeAll(settings(2));
        named.remove("OAUTH2_PROXY_EMAIL_DOMAIN"); // the misspelling that the pages warn of
        assertThat(named).as("variables in %s that no option has", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everySettingThatIsGivenAValueIsOne(Markdown page) {
        var unknown = page.codes().stream()
                .map(ASSIGNMENT::matcher)
                .filter(match -> match.matches())
                .map(match -> match.group(1))
                .filter(name -> !settings(1).contains(name))
                .toList();
        assertThat(unknown).as("settings in %s that no option is", page).isEmpty();
    }

    private static boolean leads(Markdown page, String link) {
        int hash = link.indexOf('#');
        var path = hash < 0 ? link : link.substring(0, hash);
        var folder = page.file().toAbsolutePath().getParent();
        var target = path.isEmpty() ? page.file() : folder.resolve(path).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || Markdown.read(target).anchors().contains(link.substring(hash + 1));
    }

    /** A column of the table of settings, which is made from the options and held to them by a test of its own. */
    private static Set<String> settings(int column) {
        return SETTING.matcher(Markdown.read(Path.of("docs", "settings.md")).text())
                .results()
                .map(hit -> hit.group(column))
                .collect(Collectors.toSet());
    }
}
