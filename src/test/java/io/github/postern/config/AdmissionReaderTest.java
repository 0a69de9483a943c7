package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdmissionReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "^/( ~ rule 1 (^/() is no RE2 regular expression: missing closing ); mend it",
                "^/a=b ~ rule 1 (^/a=b) has no method before its =; write METHOD=regex, and \\x3D for = in a path",
                "GET= ~ rule 1 (GET=) has no regular expression and would match every path; write one after the =",
                "GET!= ~ rule 1 (GET!=) has no regular expression and would match every path; write one after the =",
                "^/(?=a) ~ rule 1 (^/(?=a)) has no method before its =; write METHOD=regex, and \\x3D for = in a path",
                "GET=^/a(?!b) ~ rule 1 (GET=^/a(?!b)) is no RE2 regular expression: invalid or unsupported Perl syntax; mend it"
            })
    void CFG_10_namesTheBadRule(String rule, String mistake) {
        assertThat(mistakes("--skip-auth-route=" + rule)).containsExactly("skip-auth-route: " + mistake);
    }

    @ParameterizedTest
    @CsvSource({
        "!=^/api, '', true, ^/api",
        "^/api, '', false, ^/api",
        "get=^/api, GET, false, ^/api",
        "GET!=^/api, GET, true, ^/api",
        "PATCH=/a?b=c, PATCH, false, /a?b=c",
        "GET=^/a!=b, GET, false, ^/a!=b",
        "VERSION-CONTROL=^/dav, VERSION-CONTROL, false, ^/dav",
    })
    void readsMethodNegationAndPath(String rule, String method, boolean negated, String path) {
        var route = Samples.read("--skip-auth-route=" + rule)
                .admission()
                .skipRoutes()
                .get(0);

        assertThat(route.method().orElse("")).isEqualTo(method);
        assertThat(route.negated()).isEqualTo(negated);
        assertThat(route.path().pattern()).isEqualTo(path);
    }

    @Test
    void CFG_10_countsTheRules() {
        assertThat(mistakes("--skip-auth-route=^/ok$", "--skip-auth-route=^/(", "--skip-auth-regex=^/ok$,["))
                .containsExactly(
                        "skip-auth-route: rule 2 (^/() is no RE2 regular expression: missing closing ); mend it",
                        "skip-auth-regex: rule 2 ([) is no RE2 regular expression: missing closing ]; mend it");
    }

    @Test
    void noticesARuleThatWasCutAtItsComma() {
        assertThat(mistakes("--skip-auth-route=^/v[0-9]{1,2}/open$"))
                .containsExactly(
                        "skip-auth-route: rule 1 (^/v[0-9]{1) was cut at a comma; write the rules as an array in the TOML file",
                        "skip-auth-route: rule 2 (2}/open$) was cut at a comma; write the rules as an array in the TOML file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^/a",
                "^/(a|b)$",
                "(?i)^/a",
                "^/a|^/b",
                "^/a\\|b",
                "^/[|]b",
                "^/[]|]b",
                "GET=^/a",
                "^/a(b(c|d)|e)f",
                "GET!=/a"
            })
    void doesNotWarnOfAnchoredRules(String rule) {
        assertThat(Samples.warnings("--skip-auth-route=" + rule)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a$", "^/a|/b", "/a|^/b", "(/a)", "GET=/a", "\\^/a"})
    void warnsOfRulesThatMatchInTheMiddle(String rule) {
        assertThat(Samples.warnings("--skip-auth-route=" + rule))
                .singleElement()
                .asString()
                .contains("anchor it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "^/", ".*", "^/.*$", "^/a?", "GET=^"})
    void warnsOfRulesThatOpenEverything(String rule) {
        assertThat(Samples.warnings("--skip-auth-route=" + rule))
                .singleElement()
                .asString()
                .contains("matches every path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "akko.local",
                "*",
                "10.0.0.*",
                "10.0.0.1-5",
                "10.0.0",
                "10",
                "256.0.0.1",
                "::/129",
                ":::",
                "10.0.0.1/",
                "10.0.0.1/255.0.0.0",
                "fe80::1%eth0",
                "[::1]",
                "10.0.0.1:80",
                "0x7f.0.0.1",
                "010.0.0.1",
                "10.0.0.0/08"
            })
    void CFG_11_refusesWhatIsNoNetwork(String text) {
        for (String flag : new String[] {"trusted-proxy-ip", "trusted-ip"}) {
            assertThat(mistakes("--" + flag + "=" + text))
                    .containsExactly(flag + ": '" + text
                            + "' is no IP address or network; write 10.0.0.1, 10.0.0.0/8 or fd00::/8");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8, 10.0.0.0/8",
        "10.32.0.1/24, 10.32.0.0/24",
        "2001:db8::1/64, 2001:db8::/64",
        "::ffff:10.0.0.1/104, 10.0.0.0/8",
        "1.2.3.4/0, 0.0.0.0/0"
    })
    void CFG_11_refusesAnAddressInsideANetwork(String text, String network) {
        for (String flag : new String[] {"trusted-proxy-ip", "trusted-ip"}) {
            assertThat(mistakes("--" + flag + "=" + text))
                    .containsExactly(flag + ": '" + text + "' is an address inside a network; write " + network
                            + " for all of it, or the address alone");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:10.0.0.1, 10.0.0.1",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "10.0.0.1, 10.0.0.1",
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3/32, 10.1.2.3/32",
        "::1, ::1",
        "fd00:1::5/16, fd00::/16",
        "2001:DB8::/32, 2001:db8::/32"
    })
    void readsTheWholeNetwork(String text, String expected) {
        assertThat(Networks.parse(text)).get().hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@akko.local", "alice@akko.local", "akko local", "*.*", "**", ".", "*akko.local", "http://a.b"})
    void refusesWhatIsNoEmailDomain(String domain) {
        assertThat(mistakes("--email-domain=" + domain))
                .containsExactly(
                        "email-domain: '" + domain + "' is neither * nor a domain such as akko.local or .akko.local");
    }
}
