package io.github.postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalUserReaderTest {
    @TempDir
    private Path folder;

    private String passwords;
    private String emails;

    @BeforeEach
    void write() throws IOException {
        passwords = file("htpasswd", "alice:{SHA}KkPcK3XYeA35EhWhKYmaCyAgadY=\n");
        emails = file("emails", "a@b.c\n");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void eitherFileIsEnoughToSayWhoMaySignIn() {
        var without = Samples.without(Option.EMAIL_DOMAIN);
        for (String flag : List.of("--htpasswd-file=" + passwords, "--authenticated-emails-file=" + emails)) {
            assertThat(Samples.mistakes(without, flag)).isEmpty();
        }
    }

    @Test
    void warnsOfAListThatKeepsNobodyOut() {
        var without = Samples.without(Option.EMAIL_DOMAIN);
        String list = "--authenticated-emails-file=" + emails;
        assertThat(weak(Samples.read(list)))
                .anyMatch(line -> line.startsWith("authenticated-emails-file keeps nobody"));
        assertThat(weak(Samples.read(without, list, "--email-domain=akko.local")))
                .isEmpty();
        assertThat(weak(Samples.read("--htpasswd-file=" + passwords))).noneMatch(line -> line.contains("nobody"));
    }

    private static List<String> weak(Settings settings) {
        return settings.notices().stream()
                .filter(Settings.Notice::weak)
                .map(Settings.Notice::text)
                .toList();
    }

    @Test
    void aBrokenOrMissingFileIsOneMistake() throws IOException {
        assertThat(Samples.mistakes("--htpasswd-file=" + file("broken", "alice:secret\n")))
                .singleElement()
                .asString()
                .startsWith("htpasswd-file: line 1 is not name:hash")
                .doesNotContain("secret");
        assertThat(Samples.mistakes("--authenticated-emails-file=" + file("broken", "")))
                .singleElement()
                .asString()
                .startsWith("authenticated-emails-file: the file is empty");
        assertThat(Samples.mistakes("--htpasswd-file=" + folder.resolve("none")))
                .singleElement()
                .asString()
                .startsWith("htpasswd-file: file ")
                .endsWith("cannot be read; check its name and permissions");
    }

    @Test
    void tellsOfSettingsThatLeadNowhere() {
        assertThat(Samples.notes("--htpasswd-user-group=x"))
                .contains("htpasswd-user-group has no effect: htpasswd-file is not set.");
        assertThat(Samples.notes("--htpasswd-file=" + passwords, "--allowed-group=admins", "--htpasswd-user-group=x"))
                .contains("Nobody in htpasswd-file may pass: htpasswd-user-group names no group of allowed-group.");
        assertThat(Samples.notes("--htpasswd-file=" + passwords, "--skip-provider-button=true"))
                .contains(
                        "display-htpasswd-form has no effect: with skip-provider-button nobody sees the sign-in page.");
        assertThat(Samples.warnings("--htpasswd-file=" + passwords)).anyMatch(text -> text.contains("{SHA}"));
    }

    @Test
    void thereIsNoFormWithoutPasswords() {
        assertThat(Samples.read("--display-htpasswd-form=true").users().form()).isFalse();
        assertThat(Samples.read("--htpasswd-file=" + passwords).users().form()).isTrue();
        assertThat(Samples.read("--htpasswd-file=" + passwords, "--display-htpasswd-form=false")
                        .users()
                        .form())
                .isFalse();
    }
}
