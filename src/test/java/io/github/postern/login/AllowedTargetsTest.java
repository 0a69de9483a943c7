package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser is only ever sent to us. */
final class AllowedTargetsTest {
    private static final Pattern OUR_ENDPOINTS = Pattern.compile("/oauth2(/.*)?");
    private static final Pattern CLIMBING = Pattern.compile("(.*/)?\\.\\.?(/.*)?");

    private final AllowedTargets targets = new AllowedTargets(List.of(".akko.local"), "/oauth2");

    @Test
    void theCorpusIsLargeAndMuchOfItWouldEscape() {
        assertThat(RedirectPayloads.all()).hasSizeGreaterThan(2000);
        assertThat(RedirectPayloads.all().stream().filter(AllowedTargetsTest::escapes))
                .hasSizeGreaterThan(400);
    }

    /** RDT-01, and with it 03 to 06, 08, 10, 16, 20. */
    @Test
    void keepsTheBrowserWithUs() {
        assertThat(RedirectPayloads.all()).allSatisfy(payload -> {
            targets.allow(payload).ifPresent(AllowedTargetsTest::assertOurs);
            assertThat(escapes(payload) && targets.allow(payload).isPresent())
                    .as("a way out was mended instead of refused")
                    .isFalse();
        });
    }

    @Test
    void keepsTheBrowserWithUsWhateverIsStruckOutOrPutIn() {
        var random = new Random(20_261_124);
        List<String> seeds = List.copyOf(RedirectPayloads.all());
        String pieces = "/\\:@.#?%;[]\t\n\r \u0000\u3002\uff0fa25fFcC";
        for (int round = 0; round < 50_000; round++) {
            var payload = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(payload.length() + 1);
                if (random.nextBoolean() && at < payload.length()) {
                    payload.deleteCharAt(at);
                } else {
                    payload.insert(at, pieces.charAt(random.nextInt(pieces.length())));
                }
            }
            targets.allow(payload.toString()).ifPresent(AllowedTargetsTest::assertOurs);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RDT-03 | /\\evil.example",
                "RDT-03 | /%5Cevil.example",
                "RDT-04 | //evil.example",
                "RDT-04 | ///evil.example",
                "RDT-04 | /%2f/evil.example",
                "RDT-05 | /%09/evil.example",
                "RDT-05 | /%0a\\evil.example",
                "RDT-06 | https://akko.local.evil.example/",
                "RDT-08 | https://akko.local@evil.example/",
                "RDT-08 | https://akko.local:443@evil.example/",
                "RDT-10 | javascript:alert(1)",
                "RDT-10 | data:text/html,x",
                "RDT-10 | vbscript:x",
                "RDT-10 | file:///etc/passwd",
                "RDT-10 | ftp://akko.local/",
                "RDT-12 | https://akko.local:8443/x",
                "RDT-16 | /oauth2/sign_in",
                "RDT-16 | /oauth2/start",
                "RDT-16 | /oauth2/callback?code=x",
                "RDT-16 | /oauth2/sign_out",
                "RDT-16 | https://app.akko.local/oauth2/sign_out",
                "RDT-20 | /%0d%0aSet-Cookie:%20x=1",
                "RDT-20 | /%0d%0a%0d%0a<script>",
                "kelvin sign | https://a\u212ako.local/",
                "capital scheme | HTTPS://akko.local/",
                "IPv6 | https://[::1]/",
                "relative | x",
                "relative | ?x",
                "nothing | ``",
                "space | `/a `",
                "space | `/ /evil.example`",
                "space | `/a/ ../b`",
                "too often encoded | /%25252561",
                "lone surrogate | /\ud800",
                "trailing dot | https://akko.local./",
                "no path | https://akko.local?@evil.example/",
                "no path | https://akko.local#@evil.example/",
                "no path | https://akko.local?\\evil.example/",
                "invisible | /\u200b/evil.example",
                "invisible | /%E2%80%8B/evil.example",
            })
    void refuses(String why, String target) {
        assertThat(targets.allow(target)).as(why).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/x",
                "/x/",
                "/x?y=1#/z",
                "/x?next=https://elsewhere.example//y",
                "/#/experiments/1",
                "/oauth2x/y",
                "/app/oauth2/y",
                "https://akko.local",
                "http://app.akko.local/x",
                "https://App.Akko.Local/x",
                "https://a_b.akko.local/x",
                "https://mlflow.akko.local/x?y#/z",
                "https://git.akko.local/api/projects/group%2Fname?a=b%2Fc%20d+e",
                "https://app.akko.local/proxy/http://inner/x",
                "https://app.akko.local/%C3%A9",
                // RDT-13
                "https://opensearch.akko.local/app?x=1#/y",
                // RDT-14, as ForwardedRequest hands it over
                "https://search.akko.local/app/discover?_g=(filters:!(),q:'a%20b')&_a=%7B%22x%22:%5B1%5D%7D&p=a%2Fb%20c+d",
            })
    void keepsOurOwnByteForByte(String target) {
        assertThat(targets.allow(target)).hasValue(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/x?_a={\"x\":[1]} => /x?_a=%7B%22x%22:%5B1%5D%7D",
                "/x?q=a b => /x?q=a%20b",
                "/my file/x y => /my%20file/x%20y",
                "https://akko.local/my file => https://akko.local/my%20file",
                "https://akko.local?x=1 => https://akko.local/?x=1",
                "https://app.akko.local#/x => https://app.akko.local/#/x",
                "/x?q=a\\b => /x?q=a%5Cb",
                "/x?q=100% => /x?q=100%25",
                "/x#a#b => /x#a%23b",
                "/x#a<b> => /x#a%3Cb%3E",
                "/café?q=é#é => /caf%C3%A9?q=%C3%A9#%C3%A9",
                "/\ud83d\ude00 => /%F0%9F%98%80",
                "https://akko.local/a|/ => https://akko.local/a%7C/",
            })
    void encodesWhatMayNotStandRaw(String target, String ascii) {
        assertThat(targets.allow(target)).hasValue(ascii);
    }

    @ParameterizedTest
    @CsvSource({
        "akko.local, https://akko.local/x, true",
        "akko.local, https://app.akko.local/x, false",
        "akko.local, https://akko.local:8443/x, false",
        "akko.local, https://akko.local:443/x, false",
        "akko.local:8443, https://akko.local:8443/x, true",
        "akko.local:8443, https://akko.local:08443/x, false",
        "akko.local:8443, https://akko.local/x, false",
        "akko.local:8443, https://akko.local:84430/x, false",
        "akko.local:*, https://akko.local:8443/x, true",
        "akko.local:*, https://akko.local:65535/x, true",
        "akko.local:*, https://akko.local/x, true",
        "akko.local:*, https://akko.local:65536/x, false",
        "akko.local:*, https://akko.local:/x, false",
        "akko.local:*, https://akko.local:0/x, false",
        "akko.local:*, https://akko.local:123456/x, false",
        "akko.local:*, https://akko.local:٣/x, false",
        "akko.local:*, https://akko.local:1:2/x, false",
        ".akko.local:8443, https://app.akko.local:8443/x, true",
        ".akko.local:8443, https://akko.local:8443/x, true",
        "*.akko.local, https://app.akko.local/x, true",
        "*.akko.local, https://akko.local/x, true",
        ".akko.local, https://notakko.local/x, false",
        "127.0.0.1:4180, http://127.0.0.1:4180/x, true",
        "[2001:db8::1]:8080, https://[2001:db8::1]:8080/x, true",
        "[2001:db8::1]:8080, https://[2001:db8::1]/x, false",
        "[2001:db8::1]:8080, https://[2001:db8::2]:8080/x, false",
        "[2001:db8::1]:*, https://[2001:DB8::1]:9/x, true",
        "[2001:db8::1], https://[2001:db8::1]/x, true",
        "[2001:db8::1], https://[2001:db8::1%25eth0]/x, false",
        "[2001:db8::1], https://[2001:db8::1]x/x, false",
        "[2001:db8::1], https://2001:db8::1/x, false",
        "., https://x./, false",
        "., https:///x, false",
    })
    void readsHostsAndPortsOfTheList(String entry, String target, boolean allowed) {
        assertThat(new AllowedTargets(List.of(entry), "/oauth2").allow(target).isPresent())
                .isEqualTo(allowed);
    }

    @Test
    void allowsOnlyPathsWhereNoHostIsListed() {
        var alone = new AllowedTargets(List.of(), "/oauth2");

        assertThat(alone.allow("/x")).hasValue("/x");
        assertThat(alone.allow("https://akko.local/x")).isEmpty();
    }

    @Test
    void knowsItsOwnPrefix() {
        var elsewhere = new AllowedTargets(List.of(".akko.local"), "/_auth/v1");

        assertThat(elsewhere.allow("/oauth2/sign_out")).hasValue("/oauth2/sign_out");
        assertThat(elsewhere.allow("/_auth")).hasValue("/_auth");
        assertThat(elsewhere.allow("/_auth/v1/sign_out")).isEmpty();
    }

    /** RDT-19 */
    @Test
    void remembersNothingLong() {
        assertThat(targets.allow("/" + "a".repeat(2047))).isPresent();
        assertThat(targets.allow("/" + "a".repeat(2048))).isEmpty();
        assertThat(targets.allow("/" + "a".repeat(16_384))).isEmpty();
        assertThat(targets.allow("/" + "\u00e9".repeat(1000))).isEmpty();
    }

    @Test
    void neverThrows() {
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            String noise = random.ints(random.nextInt(24), 0, 0x3000)
                    .collect(
                            StringBuilder::new,
                            (text, each) -> text.append((char) (each % 7 == 0 ? '/' : each)),
                            StringBuilder::append)
                    .toString();
            List.of("", "/", "https://", "https://akko.local", "https://akko.local/")
                    .forEach(start -> targets.allow(start + noise).ifPresent(AllowedTargetsTest::assertOurs));
        }
    }

    private static boolean escapes(String location) {
        return !BrowserUrl.follow(location).map(BrowserUrl::isOurs).orElse(true);
    }

    private static void assertOurs(String location) {
        // AssertJ only where it has something to say: this runs half a million times
        if (!isOurs(location)) {
            fail("leads to an endpoint of ours, climbs, or leaves: %s".formatted(location));
        }
    }

    private static boolean isOurs(String location) {
        boolean safe = location.length() <= 2048 && location.chars().allMatch(each -> each > ' ' && each < 0x7f);
        return safe
                && BrowserUrl.follow(location)
                        .filter(BrowserUrl::isOurs)
                        .map(BrowserUrl::lenientPath)
                        .filter(path -> !OUR_ENDPOINTS.matcher(path).matches())
                        .filter(path -> !CLIMBING.matcher(path).matches())
                        .isPresent();
    }
}
