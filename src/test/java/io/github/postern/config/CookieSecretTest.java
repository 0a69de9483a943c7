package io.github.postern.config;

import static io.github.postern.config.Samples.mistakes;
import static io.github.postern.config.Samples.without;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CookieSecretTest {
    private static final String HEX = "c1b9fed7440e38769471dc67757382030bfa83da4d3efa031911cd57273877f9";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "CFG_02 {0}")
    @ValueSource(
            strings = {
                "wbn-10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d_k=",
                "wbn-10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d_k",
                "wbn+10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d/k=",
                "wbn+10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d/k",
                " wbn+10QOOHaUcdxndXOCAwv6g9pNPvoDGRHNVyc4d/k=\n"
            })
    void CFG_02_takesBothAlphabetsOfBase64ForTheSameKey(String secret) {
        assertThat(key("--cookie-secret=" + secret)).isEqualTo(HEX);
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789ab-def, 303132333435363738396162 2d646566",
        "a raw secret of 24 bytes, 612072617720736563726574206f66203234206279746573",
        "is this a raw one of 32 bytes???, 6973207468697320612072617720 6f6e65206f662033322062797465733f3f3f"
    })
    void CFG_02_takesRawBytes(String secret, String hex) {
        assertThat(key("--cookie-secret=" + secret)).isEqualTo(hex.replace(" ", ""));
    }

    @Test
    void CFG_02_prefersTheDecodedFormAsOauth2ProxyDoes() {
        assertThat(key("--cookie-secret=0123456789abcdefghijklmnopqrstuv")).hasSize(2 * 24);
    }

    @ParameterizedTest
    @CsvSource({"31, 31", "15, 15", "1, 1", "33, 33", "100, 100"})
    void CFG_01_namesTheLengthAndNeverTheSecret(int length, int told) {
        String secret = "s3cr!t#".repeat(20).substring(0, length);
        assertThat(mistakes("--cookie-secret=" + secret))
                .singleElement()
                .asString()
                .startsWith("cookie-secret: has " + told + " bytes, not 16, 24 or 32")
                .contains("openssl rand -base64 32")
                .doesNotContain("s3");
    }

    @Test
    void CFG_01_missesTheSecret() {
        assertThat(mistakes(without(Option.COOKIE_SECRET)))
                .containsExactly("cookie-secret: is missing; make one with: openssl rand -base64 32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Samples.COOKIE_SECRET + ",0123456789ab-def",
                Samples.COOKIE_SECRET + ", 0123456789ab-def ,",
                Samples.COOKIE_SECRET + "\n0123456789ab-def",
                Samples.COOKIE_SECRET + "\r\n\r\n0123456789ab-def",
                Samples.COOKIE_SECRET + ",0123456789ab-def," + Samples.COOKIE_SECRET
            })
    void takesSeveralOfWhichTheFirstSeals(String secrets) {
        assertThat(Samples.read("--cookie-secret=" + secrets).cookies().secrets())
                .containsExactly(new SealingSecret(HEX), raw("0123456789ab-def"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01234567,9ab-def", "01234567\n9ab-def", "a raw, secret\nof 24 byte", ",123456789ab-de,"})
    void whatIsASecretAsAWholeStaysOne(String secret) {
        assertThat(Samples.read("--cookie-secret=" + secret).cookies().secrets())
                .containsExactly(raw(secret));
    }

    @Test
    void namesTheOneThatIsWrong() {
        assertThat(mistakes("--cookie-secret=" + Samples.COOKIE_SECRET + ",s3cr!t#,changemechangeme"))
                .satisfiesExactly(
                        length -> assertThat(length)
                                .startsWith(
                                        "cookie-secret: secret 2 of 3 has 7 bytes, not 16, 24 or 32; make one with"),
                        weak -> assertThat(weak).startsWith("cookie-secret: secret 3 of 3 is a placeholder"))
                .noneMatch(line -> line.contains("s3cr") || line.contains("changeme"));
    }

    @Test
    void notesOneThatStandsThereTwice() {
        assertThat(Samples.notes("--cookie-secret=" + Samples.COOKIE_SECRET + "," + Samples.COOKIE_SECRET))
                .contains("cookie-secret: secret 2 of 2 stands there twice; it counts once.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "changemechangeme",
                "secretsecretsecr",
                "0123456701234567",
                "please-change-me-this-is-32-long",
                "abababababababab",
                "my-own-password!"
            })
    void refusesPlaceholders(String secret) {
        assertThat(mistakes("--cookie-secret=" + secret))
                .singleElement()
                .asString()
                .startsWith("cookie-secret: is a placeholder")
                .doesNotContain(secret);
    }

    @Test
    void readsTheFileWithoutItsLineEnd() throws IOException {
        var file = Files.writeString(folder.resolve("secret"), Samples.COOKIE_SECRET + "\r\n");
        assertThat(fromFile(file).cookies().secrets()).containsExactly(new SealingSecret(HEX));
    }

    @Test
    void readsAFileOfRawBytesThatLookLikeBlanks() throws IOException {
        byte[] raw = HexFormat.of().parseHex("0a" + HEX.substring(4) + "20");
        var file = Files.write(folder.resolve("secret"), raw);
        assertThat(fromFile(file).cookies().secrets()).containsExactly(SealingSecret.of(raw));
    }

    @Test
    void readsAFileOfSeveral() throws IOException {
        var file = Files.writeString(folder.resolve("secret"), Samples.COOKIE_SECRET + "\n0123456789ab-def\n");
        assertThat(fromFile(file).cookies().secrets()).containsExactly(new SealingSecret(HEX), raw("0123456789ab-def"));
    }

    @Test
    void tellsWhatIsWrongInAFile() throws IOException {
        var file = Files.writeString(folder.resolve("secret"), "\n");
        assertThat(mistakes(without(Option.COOKIE_SECRET), "--cookie-secret-file=" + file))
                .containsExactly(
                        "cookie-secret-file: has 0 bytes, not 16, 24 or 32; make one with: openssl rand -base64 32");
    }

    @Test
    void refusesTwoSources() {
        assertThat(mistakes("--cookie-secret-file=/anything"))
                .containsExactly("cookie-secret: is given besides cookie-secret-file; keep one of the two");
    }

    @Test
    void tellsOfAFileItCannotRead() {
        assertThat(mistakes(without(Option.COOKIE_SECRET), "--cookie-secret-file=" + folder.resolve("none")))
                .singleElement()
                .asString()
                .startsWith("cookie-secret-file: file '")
                .contains("cannot be read");
    }

    @Test
    void doesNotPrint() {
        assertThat(Samples.read().toString()).doesNotContain(HEX, Samples.COOKIE_SECRET, Samples.CLIENT_SECRET);
    }

    private Settings fromFile(Path file) {
        return SettingsReader.read(List.of("--cookie-secret-file=" + file), without(Option.COOKIE_SECRET));
    }

    private static SealingSecret raw(String secret) {
        return SealingSecret.of(Samples.bytes(secret));
    }

    private static String key(String flag) {
        return Samples.read(flag).cookies().secrets().get(0).hex();
    }
}
