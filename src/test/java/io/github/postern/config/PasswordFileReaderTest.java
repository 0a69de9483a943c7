package io.github.postern.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of {@code htpasswd-file}. */
final class PasswordFileReaderTest {
    private static final String HASH = "KBCwKxOzLha2MUDgW0PjXesUyRAY9USpR/QNfTOCOhZpocaBwagqq";
    private static final String BCRYPT = "$2y$04$" + HASH;
    private static final String SHA = "{SHA}KkPcK3XYeA35EhWhKYmaCyAgadY=";

    @Test
    void readsNamesAndHashes() {
        var findings = new Findings();
        var file = PasswordFileReader.read(
                ("# people\n\nalice:" + BCRYPT + "\r\n  bob : " + SHA + "  \nzoë:$2b$05$" + HASH + "\n")
                        .getBytes(UTF_8),
                findings);
        assertThat(findings.mistakes()).isEmpty();
        assertThat(file.users()).containsOnlyKeys("alice", "bob", "zoë");
        assertThat(file.users().get("alice")).isEqualTo(new PasswordHash(true, BCRYPT));
        assertThat(file.users().get("bob")).isEqualTo(new PasswordHash(false, SHA.substring(5)));
        assertThat(file.toString()).doesNotContain(HASH, SHA.substring(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$04$", "$2b$10$", "$2x$12$", "$2y$16$"})
    void takesEveryKindOfBcrypt(String start) {
        assertThat(PasswordHash.of(start + HASH)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "alice:",
                ":" + BCRYPT,
                "alice:secret",
                "alice:$apr1$x3Fzkhvi$TP.HE3wGbCmO6rAp8oTsG0",
                "alice:$2y$04$short",
                "alice:" + BCRYPT + "x",
                "alice:" + BCRYPT + ":extra",
                "alice:$2c$04$" + HASH,
                "alice:$2y$03$" + HASH,
                // one attempt would take minutes
                "alice:$2y$22$" + HASH,
                "alice:{SHA}KkPc",
                "alice:{SSHA}KkPcK3XYeA35EhWhKYmaCyAgadY=",
                "al\u0007ice:" + BCRYPT,
                // oauth2-proxy would know alice, and we somebody with quotation marks
                "\"alice\":" + BCRYPT,
                "al\"ice:" + BCRYPT,
            })
    void tellsTheLineAndNotWhatIsInIt(String line) {
        var findings = new Findings();
        PasswordFileReader.read(
                ("bob:" + BCRYPT + "\n# comment\n" + line + "\ncarol:" + SHA).getBytes(UTF_8), findings);
        assertThat(findings.mistakes())
                .containsExactly(
                        "line 3 is not name:hash with bcrypt (cost 4 to 16) or {SHA}; write it anew with htpasswd -B");
    }

    @Test
    void countsLinesThatAreTooManyToName() {
        var findings = new Findings();
        PasswordFileReader.read("x\n".repeat(9).getBytes(UTF_8), findings);
        assertThat(findings.mistakes())
                .singleElement()
                .asString()
                .startsWith("lines 1, 2, 3, 4, 5 and 4 more are not name:hash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nobody\n"})
    void refusesAFileThatNamesNobody(String text) {
        var findings = new Findings();
        PasswordFileReader.read(text.getBytes(UTF_8), findings);
        assertThat(findings.mistakes())
                .containsExactly("the file names nobody; add a user with htpasswd -B, or remove the setting");
    }

    @Test
    void warnsOfShaAndOfNamesThatStandTwice() {
        var findings = new Findings();
        var file = PasswordFileReader.read(
                ("alice:" + SHA + "\nalice:" + BCRYPT + "\nbob:" + SHA).getBytes(UTF_8), findings);
        assertThat(file.users().get("alice").bcrypt()).isTrue();
        assertThat(findings.notices())
                .allMatch(Settings.Notice::weak)
                .extracting(Settings.Notice::text)
                .satisfiesExactly(
                        sha -> assertThat(sha).startsWith("htpasswd-file: 1 of its passwords are kept as {SHA}"),
                        twice -> assertThat(twice).startsWith("htpasswd-file: line 2 is about a name"));
    }
}
