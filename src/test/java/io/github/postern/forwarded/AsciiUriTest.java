package io.github.postern.forwarded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsciiUriTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "/a-._~!$&'()*+,;=:@/?b => /a-._~!$&'()*+,;=:@/?b",
                "/%2F%2f%00 => /%2F%2f%00",
                "/% => /%25",
                "/%2 => /%252",
                "/%zz => /%25zz",
                "/%٣٣ => /%25%D9%A3%D9%A3",
                "/\"<>[]\\^`{|} => /%22%3C%3E%5B%5D%5C%5E%60%7B%7C%7D",
                "`/a b` => /a%20b",
                "/a#b => /a%23b",
                "/\u0000\t\u007f => /%00%09%7F",
                "/é😀 => /%C3%A9%F0%9F%98%80",
            })
    void encodesOnlyWhatMayNotStandRaw(String text, String ascii) {
        assertThat(AsciiUri.of(text, UTF_8)).isEqualTo(ascii);
    }

    @Test
    void givesBackTheOctetsOfAHeader() {
        String asTheContainerReadsIt = new String("/é?ü".getBytes(UTF_8), ISO_8859_1);

        assertThat(AsciiUri.of(asTheContainerReadsIt, ISO_8859_1)).isEqualTo("/%C3%A9?%C3%BC");
    }

    @Test
    void copiesNothingThatIsFine() {
        String fine = "/x?y=%20";

        assertThat(AsciiUri.of(fine, UTF_8)).isSameAs(fine);
    }
}
