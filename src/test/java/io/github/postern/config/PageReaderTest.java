package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.notes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageReaderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.svg, image/svg+xml",
        "a.b.PNG, image/png",
        "a.jpg, image/jpeg",
        "a.jpeg, image/jpeg",
    })
    void showsPicturesOfTheKindsOauth2ProxyShows(String name, String type) throws IOException {
        var file = Files.writeString(folder.resolve(name), "x").toString();
        assertThat(Samples.read("--custom-sign-in-logo=" + file).pages().logo())
                .isEqualTo(new Logo(Logo.Kind.FILE, file))
                .extracting(logo -> logo.mediaType().orElseThrow())
                .isEqualTo(type);
    }

    @Test
    void refusesWhatIsNoPicture() throws IOException {
        var file = Files.writeString(folder.resolve("logo.gif"), "x").toString();
        assertThat(mistakes("--custom-sign-in-logo=" + file))
                .singleElement()
                .asString()
                .endsWith(" is no picture we can show; name a .svg, .png, .jpg or .jpeg file, an https address, or -"
                        + " for none");
        assertThat(mistakes("--custom-sign-in-logo=/nowhere/logo.png"))
                .containsExactly("custom-sign-in-logo: file '/nowhere/logo.png' cannot be read; check its name and"
                        + " permissions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cdn.akko.local/l.png",
                "https:///l.png",
                "https://a b/l.png",
                "https://cdn.akko.local;script-src/l.png",
                "ftp://cdn.akko.local/l.png"
            })
    void refusesOtherAddresses(String address) {
        assertThat(mistakes("--custom-sign-in-logo=" + address))
                .containsExactly(
                        "custom-sign-in-logo: '" + address
                                + "' is refused; write an https address such as https://cdn.akko.local/logo.png, or a file's name");
    }

    @ParameterizedTest
    @CsvSource({
        "https://me@cdn.akko.local/l.png, https://***",
        "https://me:s3cret@cdn.akko.local/l.png, https://***",
        "http://me:s3/cret@cdn.akko.local/l.png, http://***",
        "http://cdn.akko.local/l.png?key=s3cret, http://cdn.akko.local/l.png?***"
    })
    void showsNoPasswordOfARefusedAddress(String address, String shown) {
        assertThat(mistakes("--custom-sign-in-logo=" + address))
                .singleElement()
                .asString()
                .startsWith("custom-sign-in-logo: '" + shown + "' is refused")
                .doesNotContain("cret");
    }

    @Test
    void aDashMeansNothing() {
        var pages = Samples.read("--custom-sign-in-logo=-", "--banner=-", "--footer=-")
                .pages();
        assertThat(pages).isEqualTo(new PageSettings(Logo.NONE, "", "", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "akko.local ! For e-mail addresses at akko.local.",
                "akko.local,*.b.org,.c.org ! For e-mail addresses at akko.local, b.org, c.org.",
                "akko.local,* ! ''",
                "a.org,b.org,c.org,d.org,e.org,f.org ! ''",
            })
    void withoutABannerTheDomainsAreTold(String domains, String banner) {
        assertThat(Samples.read(Samples.without(Option.EMAIL_DOMAIN), "--email-domain=" + domains)
                        .pages()
                        .banner())
                .isEqualTo(banner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>x</script>",
                "<p style='color: red'>x",
                "<b onclick=x>",
                "<a href='javascript:x'>",
                "<img src=\"https://cdn.akko.local/x.png\">",
                "<STYLE>",
                "<iframe srcdoc=x>"
            })
    void notesWhatThePolicyKeepsFromWorking(String html) {
        for (String option : new String[] {"banner", "footer"}) {
            assertThat(notes("--" + option + "=" + html))
                    .contains(option + ": scripts, styles, frames and pictures of other hosts do not work on our pages"
                            + " (Content-Security-Policy); plain HTML does.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<p class='x'>Hello <a href='https://x/'>there</a>", "<img src='/logo.png'>", "on = off"})
    void saysNothingOfPlainHtml(String html) {
        assertThat(notes("--banner=" + html)).noneMatch(note -> note.startsWith("banner"));
    }

    @Test
    void takesHtmlOfSeveralLinesFromTheFile() throws IOException {
        var file = Files.writeString(folder.resolve("a.cfg"), "banner = '''\n<p>one\n<p>two\n'''\n");
        assertThat(Samples.read("--config=" + file).pages().banner()).isEqualTo("<p>one\n<p>two");
    }

    @Test
    void warnsOfCausesOnPages() {
        assertThat(Samples.warnings("--show-debug-on-error"))
                .singleElement()
                .asString()
                .startsWith("show-debug-on-error=true: strangers read on a page why a sign-in failed");
    }

    @Test
    void refusesTemplatesAndSaysWhatToUse() {
        assertThat(mistakes("--custom-templates-dir=/templates"))
                .containsExactly("custom-templates-dir: is refused: Postern's pages are no Go templates; use banner,"
                        + " footer, custom-sign-in-logo and provider-display-name instead");
    }

    @Test
    void CFG_10_namesTheRouteThatIsNoRegularExpression() {
        assertThat(mistakes("--api-route=^/a", "--api-route=^/("))
                .singleElement()
                .asString()
                .startsWith("api-route: route 2 (^/() is no RE2 regular expression: ");
    }
}
