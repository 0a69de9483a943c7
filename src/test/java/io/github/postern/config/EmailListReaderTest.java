package io.github.postern.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of {@code authenticated-emails-file}, line by line; {@code /} stands for a line's end. */
final class EmailListReaderTest {
    @ParameterizedTest(name = "{0} holds {1}: {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "a@b.c; a@b.c; true",
                "A@B.C; a@b.C; true",
                "'  a@b.c  '; a@b.c; true",
                "a@b.c/d@e.f/; d@e.f; true",
                "a@b.c//d@e.f; d@e.f; true",
                "# a@b.c/d@e.f; a@b.c; false",
                "# a@b.c/d@e.f; d@e.f; true",
                "a@b.c,Alice; a@b.c; true",
                "a@b.c,Alice; Alice; false",
                "'\"a@b.c\"'; a@b.c; true",
                "'\" a@b.c \"'; a@b.c; true",
                "'\"a@b.c\",Alice/\"d@e.f\",\"Dora, the second\"'; d@e.f; true",
                "a@b.c; a@b.c.d; false",
                "a@b.c; xa@b.c; false",
                "a@b.c; ''; false",
                "b.c; a@b.c; false",
                "*; a@b.c; false",
                // U+212A, the sign for kelvin, is no k
                "k@b.c; \u212A@b.c; false",
                "é@b.c; é@b.c; true",
            })
    void holdsTheFirstFieldOfEachLine(String file, String email, boolean held) {
        var findings = new Findings();
        var list = EmailListReader.read(bytes(file), findings);
        assertThat(findings.mistakes()).isEmpty();
        assertThat(list.holds(email)).isEqualTo(held);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "''; the file is empty",
                "//; the file is empty",
                "'   / '; the file is empty",
                "a@b.c/d@e.f,Dora; line 2 has 2 fields",
                "a@b.c/\"d@e.f; is no CSV",
            })
    void tellsWhatItCannotUse(String file, String mistake) {
        assertThat(mistakes(bytes(file)))
                .singleElement()
                .asString()
                .contains(mistake)
                .doesNotContain("d@e.f");
    }

    @Test
    void takesAByteOrderMarkForNothing() {
        assertThat(EmailListReader.read("\uFEFFa@b.c".getBytes(UTF_8), new Findings())
                        .holds("a@b.c"))
                .isTrue();
    }

    @Test
    void meansNobodyByAComment() {
        var findings = new Findings();
        var list = EmailListReader.read(bytes("# nobody for now/"), findings);
        assertThat(findings.mistakes()).isEmpty();
        assertThat(list.addresses()).isEmpty();
    }

    @Test
    void refusesOtherEncodings() {
        assertThat(mistakes("é@b.c".getBytes(ISO_8859_1))).containsExactly("the file is not UTF-8; save it as UTF-8");
    }

    private static List<String> mistakes(byte[] file) {
        var findings = new Findings();
        EmailListReader.read(file, findings);
        return findings.mistakes();
    }

    private static byte[] bytes(String file) {
        return file.replace('/', '\n').getBytes(UTF_8);
    }
}
