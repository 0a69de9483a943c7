package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {
    @Test
    void takesTheValueAfterEqualsOrAsTheNextArgument() {
        var settings = Samples.read("--cookie-name=a", "--cookie-path", "/b", "--skip-provider-button");
        assertThat(settings.cookies().name()).isEqualTo("a");
        assertThat(settings.cookies().path()).isEqualTo("/b");
        assertThat(settings.endpoints().skipProviderButton()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1", "t", "T", "TRUE", "true", "True"})
    void takesTheWordsGoTakesForTrue(String word) {
        assertThat(Samples.read("--skip-provider-button=" + word).endpoints().skipProviderButton())
                .isTrue();
        assertThat(Samples.read("--skip-provider-button", word).endpoints().skipProviderButton())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0", "f", "F", "FALSE", "false", "False"})
    void takesTheWordsGoTakesForFalseButNotApartFromTheFlag(String word) {
        assertThat(Samples.read("--skip-provider-button=" + word).endpoints().skipProviderButton())
                .isFalse();
        assertThat(mistakes("--skip-provider-button", word))
                .containsExactly("skip-provider-button: takes its value after =, and oauth2-proxy took this for true;"
                        + " write --skip-provider-button=false");
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "+3, 3", "0x10, 16", "010, 8"})
    void readsNumbersAsGoDoes(String text, int number) {
        assertThat(Samples.read("--cookie-csrf-per-request-limit=" + text)
                        .cookies()
                        .loginLimit())
                .isEqualTo(number);
    }

    @Test
    void takesAnEmptyWordForAValueButNotForAFlag() {
        var settings = Samples.read("", "--redirect-url", "", "--cookie-name=a", "");
        assertThat(settings.provider().redirectUrl()).isEmpty();
        assertThat(settings.cookies().name()).isEqualTo("a");
    }

    @Test
    void takesAnEmptyConfigForNone() {
        assertThat(mistakes("--config=")).isEmpty();
    }

    @Test
    void takesTheLastOfRepeatedValues() {
        assertThat(Samples.read("--cookie-name=a", "--cookie-name=b").cookies().name())
                .isEqualTo("b");
    }

    @Test
    void joinsRepeatedAndSeparatedLists() {
        var groups = Samples.read("--allowed-group=a, b", "--allowed-group", "c", "--allowed-group=\"d,e\",\"f\"\"g\"");
        assertThat(groups.admission().allowedGroups()).containsExactly("a", "b", "c", "d,e", "f\"g");
    }

    @ParameterizedTest
    @CsvSource({
        "--fooo, '--fooo: is no flag of Postern; see docs/settings.md'",
        "--fooo=secret, '--fooo: is no flag of Postern; see docs/settings.md'",
        "--cookie-nam=x, '--cookie-nam: is no flag of Postern; did you mean --cookie-name?'",
        "--cookie_name=x, '--cookie_name: is no flag of Postern; did you mean --cookie-name?'",
        "--email-domains=*, '--email-domains: is no flag of Postern; did you mean --email-domain?'",
        "-cookie-name=x, 'argument 1: is no flag; did you mean --cookie-name?'",
        "-cookie-nam=x, 'argument 1: is no flag; flags are written --name=value'",
        "-c, 'argument 1: is no flag; flags are written --name=value'",
        "--cookie-secure=tRUE, 'cookie-secure: true or false is expected, not ''tRUE'''",
        "--cookie-secure=yes, 'cookie-secure: true or false is expected, not ''yes'''",
        "--cookie-secure=, 'cookie-secure: true or false is expected, not '''''",
        "--proxy-websockets=on, 'proxy-websockets: true or false is expected, not ''on'''",
        "--flush-interval=1, 'flush-interval: a duration such as 168h, 1h30m, 15m or 0, of less than 68 years is expected, not ''1'''",
        "--cookie-csrf-per-request-limit=08, 'cookie-csrf-per-request-limit: a whole number of 0 or more is expected, not ''08'''",
        "hunter2, 'argument 1: is no flag; flags are written --name=value'",
        "--, 'argument 1: is no flag; flags are written --name=value'",
        "--cookie-name, 'cookie-name: needs a value; write --cookie-name=VALUE'",
        "--cookie-secure=maybe, 'cookie-secure: true or false is expected, not ''maybe'''",
        "--cookie-expire=1d, 'cookie-expire: a duration such as 168h, 1h30m, 15m or 0, of less than 68 years is expected, not ''1d'''",
        "--cookie-expire=-1h, 'cookie-expire: a duration such as 168h, 1h30m, 15m or 0, of less than 68 years is expected, not ''-1h'''",
        "--cookie-csrf-per-request-limit=-1, 'cookie-csrf-per-request-limit: a whole number of 0 or more is expected, not ''-1'''",
        "'--prompt=a\u0007b', 'prompt: holds a control character; write the value on one line'"
    })
    void CFG_04_tellsWhatIsNoFlag(String argument, String mistake) {
        assertThat(mistakes(argument)).containsExactly(mistake);
    }

    @Test
    void CFG_04_tellsOnceOfAnUnknownFlagWithAValueOfItsOwn() {
        assertThat(mistakes("--fooo", "hunter2", "--cookie-name=a"))
                .containsExactly("--fooo: is no flag of Postern; see docs/settings.md");
    }

    @Test
    void refusesAListOfBlanks() {
        assertThat(mistakes("--allowed-group=,"))
                .containsExactly("allowed-group: the list holds nothing but blanks; name an entry or remove it");
    }

    @Test
    void dropsBlankEntries() {
        assertThat(Samples.read("--allowed-group=a,, b ,").admission().allowedGroups())
                .containsExactly("a", "b");
    }
}
