package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReturnDomainsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "--cookie-domain=akko.local ! .akko.local",
                "--redirect-url=https://AKKO.local/x ! akko.local",
                "--cookie-domain=.akko.local --redirect-url=https://akko.local:443 ! .akko.local akko.local",
                "--redirect-url=http://localhost:80 ! localhost",
                "--redirect-url=http://localhost:443 ! localhost:443",
                "--cookie-domain=akko.localhost --redirect-url=https://akko.localhost:8443 ! .akko.localhost .akko.localhost:8443 akko.localhost:8443",
                "--whitelist-domain=Other.local,*.apps.local --cookie-domain=akko.local ! other.local .apps.local .akko.local",
                "--whitelist-domain=.akko.local --cookie-domain=akko.local ! .akko.local",
                "--whitelist-domain=a:8080,.b.local:*,10.0.0.1:1,[::1]:8080 ! a:8080 .b.local:* 10.0.0.1:1 [::1]:8080"
            })
    void joinsWhatIsListedAndWhatOtherSettingsName(String flags, String expected) {
        assertThat(Samples.read(flags.split(" ")).forwarded().returnDomains()).isEqualTo(List.of(expected.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                ".",
                "*.",
                "https://akko.local",
                "akko.local/x",
                "a b",
                "*akko.local",
                "a.*",
                "a:b",
                "a:123456",
                ":80",
                "a:",
                "a@b",
                "::1",
                "ä.local"
            })
    void refusesWhatIsNoHost(String entry) {
        String shown = entry.startsWith("*.") ? entry.substring(1) : entry;
        assertThat(mistakes("--whitelist-domain=" + entry))
                .containsExactly("whitelist-domain: '" + shown
                        + "' is no host; write host, .host for its subdomains too, host:port or host:*");
    }
}
